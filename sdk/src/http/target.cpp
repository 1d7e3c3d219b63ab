#include "http/target.hpp"

#include "http/ascii.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
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

}  // namespace

result<target> parse_target(std::string_view url) {
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
