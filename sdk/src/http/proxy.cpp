#include "http/proxy.hpp"

#include <conductor/config_error.hpp>

#include "http/ascii.hpp"

#include <openssl/evp.h>
#include <boost/url/decode_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <cstdlib>

namespace conductor::http {
namespace {

namespace urls = boost::urls;
namespace ip = boost::asio::ip;

constexpr std::uint16_t proxy_port = 80;

std::string base64(std::string_view text) {
    // The encoder ends its text with a NUL byte, for which a string has room.
    std::string encoded((text.size() + 2) / 3 * 4, '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                    reinterpret_cast<unsigned char const*>(text.data()),
                    static_cast<int>(text.size()));
    return encoded;
}

std::string decoded(urls::pct_string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (char const c : *text) plain.push_back(c);
    return plain;
}

[[noreturn]] void refuse(std::string_view field, char const* why) {
    throw config_error(std::string(field) + ": " + why +
                       "; expected http://[user:password@]host:port");
}

std::optional<ip::address> parse_address(std::string_view text) {
    error_code error;
    auto const address = ip::make_address(std::string(text), error);
    return error ? std::nullopt : std::optional{address};
}

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host.ends_with(".localhost")) return true;
    auto const address = parse_address(host);
    return address && address->is_loopback();
}

template <class Bytes>
bool equal_bits(Bytes const& left, Bytes const& right, unsigned bits) {
    auto const whole = bits / 8;
    if (!std::equal(left.begin(), left.begin() + whole, right.begin())) return false;
    auto const rest = bits % 8;
    return rest == 0 || (left[whole] ^ right[whole]) >> (8 - rest) == 0;
}

bool is_within(ip::address const& address, ip::address const& base, unsigned bits) {
    if (address.is_v4() != base.is_v4()) return false;
    if (address.is_v4())
        return equal_bits(address.to_v4().to_bytes(), base.to_v4().to_bytes(), bits);
    return equal_bits(address.to_v6().to_bytes(), base.to_v6().to_bytes(), bits);
}

std::optional<unsigned> parse_number(std::string_view text, unsigned max) {
    unsigned value = 0;
    if (text.empty() || text.size() > 5) return std::nullopt;
    for (char const c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value <= max ? std::optional{value} : std::nullopt;
}

bool is_domain_or_within(std::string_view host, std::string_view domain) {
    if (!host.ends_with(domain)) return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

std::optional<proxy> parse_proxy(std::string_view text, std::string_view field) {
    if (text.empty()) return std::nullopt;
    auto const whole = text.find("://") == std::string_view::npos ? "http://" + std::string(text)
                                                                  : std::string(text);
    auto const url = urls::parse_uri(whole);
    if (!url) refuse(field, "not a URL");
    if (url->scheme_id() != urls::scheme::http) refuse(field, "not an http proxy");

    // User information is for the proxy alone; the rest obeys the same rules as any URL.
    auto const scheme_and_host = "http://" + std::string(url->encoded_host_and_port());
    auto const where = parse_target(scheme_and_host);
    if (!where) refuse(field, "unusable host or port");
    auto const port = url->port().empty() ? proxy_port : where->origin.port;
    proxy found{where->origin.host, port, {}};
    if (url->has_userinfo()) {
        auto const credentials =
            decoded(url->encoded_user()) + ':' + decoded(url->encoded_password());
        found.authorization = "Basic " + base64(credentials);
    }
    return found;
}

direct_hosts::direct_hosts(std::string_view list) {
    constexpr std::string_view separators = ", \t";
    while (!list.empty()) {
        auto const end = std::min(list.find_first_of(separators), list.size());
        if (end > 0) add(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

std::optional<direct_hosts::network> direct_hosts::parse_network(std::string_view text) {
    auto const slash = text.find('/');
    auto const address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    unsigned const bits_max = address->is_v4() ? 32 : 128;
    if (slash == std::string_view::npos) return network{*address, bits_max};
    auto const bits = parse_number(text.substr(slash + 1), bits_max);
    return bits ? std::optional{network{*address, *bits}} : std::nullopt;
}

void direct_hosts::add(std::string_view text) {
    if (text == "*") {
        all_ = true;
        return;
    }
    if (auto const plain = parse_network(text)) {
        entries_.push_back({*plain, {}});
        return;
    }
    entry parsed;
    auto const colon = text.rfind(':');
    if (colon != std::string_view::npos && text.back() != ']') {
        auto const port = parse_number(text.substr(colon + 1), 65535);
        if (!port) return;
        parsed.port = static_cast<std::uint16_t>(*port);
        text = text.substr(0, colon);
    }
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    if (text.starts_with("*.")) text.remove_prefix(1);
    if (text.starts_with('.')) text.remove_prefix(1);
    if (text.empty()) return;
    if (auto const address = parse_network(text))
        parsed.host = *address;
    else
        parsed.host = to_lower(text);
    entries_.push_back(std::move(parsed));
}

bool direct_hosts::contains(origin const& where) const {
    if (all_) return true;
    auto const address = parse_address(where.host);
    return std::any_of(entries_.begin(), entries_.end(), [&](entry const& candidate) {
        if (candidate.port && *candidate.port != where.port) return false;
        if (auto const* block = std::get_if<network>(&candidate.host))
            return address && is_within(*address, block->base, block->prefix_bits);
        return is_domain_or_within(where.host, std::get<std::string>(candidate.host));
    });
}

proxy_selection::proxy_selection(proxy_options const& options)
    : http_(parse_proxy(options.http, "proxy.http")),
      https_(parse_proxy(options.https, "proxy.https")),
      direct_(options.no_proxy) {}

proxy const* proxy_selection::find(origin const& where) const {
    auto const& candidate = where.secure ? https_ : http_;
    if (!candidate || is_loopback(where.host) || direct_.contains(where)) return nullptr;
    return &*candidate;
}

proxy_options read_proxy_variables(variable_reader const& read) {
    auto const first_of = [&](char const* preferred, char const* other) -> std::string {
        if (auto const* value = read(preferred)) return value;
        auto const* value = read(other);
        return value != nullptr ? value : "";
    };
    // A CGI program gets a client's `Proxy:` header as HTTP_PROXY.
    bool const is_cgi = read("REQUEST_METHOD") != nullptr;
    return {.http = first_of("http_proxy", is_cgi ? "http_proxy" : "HTTP_PROXY"),
            .https = first_of("https_proxy", "HTTPS_PROXY"),
            .no_proxy = first_of("no_proxy", "NO_PROXY")};
}

proxy_options proxy_options::from_environment() {
    return read_proxy_variables([](char const* name) -> char const* { return std::getenv(name); });
}

}  // namespace conductor::http
