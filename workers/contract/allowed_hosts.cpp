#include <contract/allowed_hosts.hpp>

#include <contract/ascii.hpp>

#include <boost/url/authority_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace conductor::workers {
namespace {

namespace urls = boost::urls;

std::uint16_t default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

failure refused(std::string detail) { return {errc::bad_url, std::move(detail)}; }

result<std::string> host_of(urls::authority_view const& authority) {
    if (authority.has_userinfo()) return refused("holds a user name or password");
    if (authority.host_type() == urls::host_type::ipv6) {
        auto const text = authority.host_ipv6_address().to_string();
        return std::string{text.data(), text.size()};
    }
    std::string host =
        lower(std::string_view{authority.encoded_host().data(), authority.encoded_host().size()});
    // "example.com." and "example.com" are one host.
    if (host.ends_with('.')) host.pop_back();
    if (host.empty()) return refused("names no host");
    bool const readable = host.find_first_of("%[]") == std::string::npos && !host.ends_with('.');
    if (!readable) return refused("names a host that cannot be used");
    return host;
}

result<std::optional<std::uint16_t>> port_of(urls::authority_view const& authority) {
    if (!authority.has_port()) return std::optional<std::uint16_t>{};
    std::string_view const text{authority.port().data(), authority.port().size()};
    std::uint16_t port = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || stop != text.data() + text.size() || port == 0)
        return refused("holds a port that is none");
    return std::optional{port};
}

}  // namespace

result<origin> parse_origin(std::string_view url) {
    auto const parsed = urls::parse_uri(url);
    if (parsed.has_error()) return refused("is not an absolute URL");
    std::string scheme = lower(std::string_view{parsed->scheme().data(), parsed->scheme().size()});
    if (scheme != "http" && scheme != "https") return refused("is not an http or https URL");
    if (!parsed->has_authority()) return refused("names no host");
    auto host = host_of(parsed->authority());
    if (host.has_error()) return host.error();
    auto const port = port_of(parsed->authority());
    if (port.has_error()) return port.error();
    std::uint16_t const number = port->value_or(default_port(scheme));
    return origin{std::move(scheme), *std::move(host), number};
}

result<allowed_hosts::entry> allowed_hosts::parse_entry(std::string_view text) {
    auto const parsed = urls::parse_authority(text);
    if (parsed.has_error()) return refused("is neither host nor host:port");
    auto host = host_of(*parsed);
    if (host.has_error()) return host.error();
    auto const port = port_of(*parsed);
    if (port.has_error()) return port.error();
    return entry{*std::move(host), *port};
}

result<allowed_hosts> allowed_hosts::parse(std::span<std::string const> entries) {
    allowed_hosts hosts;
    for (std::string const& text : entries) {
        auto read = parse_entry(text);
        if (read.has_error())
            return failure{errc::bad_value, "\"" + text + "\" " + read.error().detail};
        hosts.entries_.push_back(*std::move(read));
    }
    return hosts;
}

bool allowed_hosts::contains(origin const& asked) const {
    auto const allows = [&asked](entry const& allowed) {
        return allowed.host == asked.host &&
               allowed.port.value_or(default_port(asked.scheme)) == asked.port;
    };
    return std::any_of(entries_.begin(), entries_.end(), allows);
}

}  // namespace conductor::workers
