#include "http/target.hpp"

#include "http/ascii.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace conductor::http {
namespace {

namespace urls = boost::urls;

constexpr std::uint16_t default_port(bool secure) noexcept { return secure ? 443 : 80; }

failure refuse(char const* why) { return {make_error_code(errc::bad_url), why}; }

// Percent-encoded and other host characters that the generic syntax allows have no meaning for
// names that a resolver, a certificate and a Host line must agree on.
bool is_plain_host(std::string_view host) noexcept {
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        auto const lower = to_lower(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_';
    });
}

std::string_view view(urls::pct_string_view text) { return {text.data(), text.size()}; }

bool read_host(urls::url_view const& url, std::string& host) {
    auto const text = view(url.encoded_host());
    if (url.host_type() == urls::host_type::ipv6) {
        host = to_lower(text.substr(1, text.size() - 2));
        return host.find('%') == std::string::npos;
    }
    host = to_lower(text);
    return url.host_type() != urls::host_type::ipvfuture && is_plain_host(host);
}

// Boost.URL 1.81 wraps numbers that are too large.
bool read_port(std::string_view text, std::uint16_t& port) {
    if (text.empty()) return true;
    auto const* const end = text.data() + text.size();
    auto const [last, error] = std::from_chars(text.data(), end, port);
    return error == std::errc{} && last == end && port != 0;
}

constexpr std::array<bool, 256> plain_path_characters = [] {
    std::array<bool, 256> plain{};
    for (char const c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789-._~!$&'()*+,;=:@/?"))
        plain[static_cast<unsigned char>(c)] = true;
    return plain;
}();

bool is_hex_digit(char c) {
    auto const lower = to_lower(c);
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
}

bool is_plain_path(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (plain_path_characters[static_cast<unsigned char>(text[at])]) continue;
        if (text[at] != '%' || text.size() - at < 3) return false;
        if (!is_hex_digit(text[at + 1]) || !is_hex_digit(text[at + 2])) return false;
    }
    return true;
}

// Most URLs are of the plain kind: lower case, a name or an IPv4 address, a path, no fragment. None
// says no more than that Boost.URL has to look.
std::optional<target> parse_plain(std::string_view url) {
    bool const secure = url.starts_with("https://");
    if (!secure && !url.starts_with("http://")) return std::nullopt;
    url.remove_prefix(secure ? 8 : 7);
    auto const path = url.find('/');
    if (path == url.npos || !is_plain_path(url.substr(path))) return std::nullopt;
    auto const host_and_port = url.substr(0, path);
    auto const host = host_and_port.substr(0, host_and_port.find(':'));
    if (!is_plain_host(host) || std::ranges::any_of(host, [](char c) { return to_lower(c) != c; }))
        return std::nullopt;
    auto port = default_port(secure);
    if (host.size() != host_and_port.size()) {
        auto const digits = host_and_port.substr(host.size() + 1);
        if (digits.empty() || !read_port(digits, port)) return std::nullopt;
    }
    return target{{secure, std::string(host), port}, std::string(url.substr(path))};
}

}  // namespace

result<target> parse_target(std::string_view url) {
    if (auto plain = parse_plain(url)) return *std::move(plain);
    auto const parsed = urls::parse_uri(url);
    if (!parsed) return refuse("not an absolute URL");
    auto const& parts = *parsed;
    bool const secure = parts.scheme_id() == urls::scheme::https;
    if (!secure && parts.scheme_id() != urls::scheme::http) return refuse("scheme is not http(s)");
    if (!parts.has_authority()) return refuse("no host");
    if (parts.has_userinfo()) return refuse("user information is not accepted");

    target where{{secure, {}, default_port(secure)}, {}};
    if (!read_host(parts, where.origin.host)) return refuse("unusable host");
    auto const path = view(parts.encoded_path());
    // Boost.URL 1.81 takes what follows the digits of a port for a path.
    bool const has_bad_end = !path.empty() && path.front() != '/';
    if (has_bad_end || !read_port(view(parts.port()), where.origin.port))
        return refuse("unusable port");
    where.path = path.empty() ? "/" : path;
    if (parts.has_query()) where.path.append("?").append(view(parts.encoded_query()));
    return where;
}

std::string authority(origin const& where) {
    bool const is_ipv6 = where.host.find(':') != std::string::npos;
    return (is_ipv6 ? '[' + where.host + ']' : where.host) + ':' + std::to_string(where.port);
}

std::string host_value(origin const& where) {
    auto value = authority(where);
    if (where.port == default_port(where.secure)) value.resize(value.rfind(':'));
    return value;
}

std::string to_string(origin const& where) {
    return (where.secure ? "https://" : "http://") + authority(where);
}

std::string_view path_only(target const& where) {
    return std::string_view(where.path).substr(0, where.path.find('?'));
}

}  // namespace conductor::http
