#include "http_exchange.hpp"

#include <boost/beast/http/status.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace conductor::test {

std::string_view http_request::path() const {
    return std::string_view{target}.substr(0, target.find('?'));
}

std::optional<std::string> http_request::query(std::string_view name) const {
    auto const parsed = boost::urls::parse_origin_form(target);
    if (!parsed) return std::nullopt;
    auto const parameters = parsed->params();
    auto const found = parameters.find(name);
    return found == parameters.end() ? std::nullopt : std::optional{std::string{(*found).value}};
}

std::string to_bytes(http_answer const& answer) {
    if (!answer.raw.empty()) return answer.raw;
    auto const status = boost::beast::http::int_to_status(static_cast<unsigned>(answer.status));
    std::string bytes = "HTTP/1.1 " + std::to_string(answer.status) + " ";
    bytes += boost::beast::http::obsolete_reason(status);
    bytes += "\r\n";
    for (auto const& [name, value] : answer.headers) bytes += name + ": " + value + "\r\n";
    if (answer.status != 204 && answer.status != 304)
        bytes += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    if (answer.close) bytes += "Connection: close\r\n";
    return bytes + "\r\n" + answer.body;
}

std::size_t half_of(std::string_view bytes) {
    constexpr std::string_view end_of_header = "\r\n\r\n";
    auto const end = bytes.find(end_of_header);
    if (end == std::string_view::npos || end + end_of_header.size() == bytes.size())
        return bytes.size() / 2;
    auto const header = end + end_of_header.size();
    return header + (bytes.size() - header) / 2;
}

}  // namespace conductor::test
