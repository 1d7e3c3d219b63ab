#include <daemon/config/listen_address.hpp>

#include <boost/asio/ip/address.hpp>

#include <charconv>

namespace conductor::daemon {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return port;
}

}  // namespace

std::string listen_address::text() const {
    bool const is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

bool listen_address::is_loopback() const {
    boost::system::error_code error;
    auto const numeric = boost::asio::ip::make_address(host, error);
    return !error && numeric.is_loopback();
}

std::optional<listen_address> parse_listen_address(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto const port = parse_port(text.substr(colon + 1));
    std::string_view host = text.substr(0, colon);
    bool const bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    auto const address = boost::asio::ip::make_address(std::string{host}, error);
    if (error || !port || address.is_v6() != bracketed) return std::nullopt;
    return listen_address{std::string{host}, *port};
}

}  // namespace conductor::daemon
