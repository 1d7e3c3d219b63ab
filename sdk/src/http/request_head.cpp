#include "http/request_head.hpp"

#include "http/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace conductor::http {
namespace {

// They decide how a message is framed and where it goes; a second opinion on that splits messages.
constexpr std::array<std::string_view, 11> own_headers{
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "upgrade",
    "trailer",
    "te",
    "expect",
    "proxy-connection",
    "proxy-authorization",
};

constexpr bool is_token_character(char c) noexcept {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    auto const lower = to_lower(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_own_header(std::string_view name) noexcept {
    return std::any_of(own_headers.begin(), own_headers.end(),
                       [name](std::string_view own) { return equal_ignoring_case(own, name); });
}

bool announces_length(request const& request) noexcept {
    return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
           request.method == "PATCH";
}

void append_line(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

void append_length(std::string& head, std::size_t length) {
    std::array<char, 20> digits;
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), length).ptr;
    append_line(head, "Content-Length",
                {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

}  // namespace

bool is_header_value(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
    });
}

std::optional<std::string> find_fault(request const& request) {
    if (!is_token(request.method)) return "the method is not a token";
    if (request.method == "CONNECT") return "CONNECT is not a request of its own";
    for (auto const& line : request.headers) {
        if (!is_token(line.name)) return "a header's name is not a token";
        if (is_own_header(line.name)) return line.name + " is set by the client itself";
        if (!is_header_value(line.value)) return line.name + " has a control character";
    }
    return std::nullopt;
}

void write_head(std::string& head, request const& request, target const& where,
                head_options const& options) {
    head.assign(request.method).append(" ");
    auto const host = host_value(where.origin);
    if (options.absolute_form) head.append("http://").append(host);
    head.append(where.path).append(" HTTP/1.1\r\n");
    append_line(head, "Host", host);
    bool has_agent = options.user_agent.empty();
    bool has_encoding = !options.accept_gzip;
    for (auto const& line : request.headers) {
        append_line(head, line.name, line.value);
        has_agent = has_agent || equal_ignoring_case(line.name, "User-Agent");
        has_encoding = has_encoding || equal_ignoring_case(line.name, "Accept-Encoding");
    }
    if (!has_agent) append_line(head, "User-Agent", options.user_agent);
    if (!has_encoding) append_line(head, "Accept-Encoding", "gzip");
    if (!options.proxy_authorization.empty())
        append_line(head, "Proxy-Authorization", options.proxy_authorization);
    if (announces_length(request)) append_length(head, request.body.size());
    head.append("\r\n");
}

}  // namespace conductor::http
