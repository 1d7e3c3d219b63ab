#include <github_fetch/api_access.hpp>

#include <conductor/config_error.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <boost/url/url_view.hpp>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace urls = boost::urls;

failure refused(std::string detail) { return {errc::bad_value, std::move(detail)}; }

// Paths are appended to a base, so it may hold nothing behind its own path.
result<origin> plain_origin(std::string_view base) {
    auto asked = parse_origin(base);
    if (asked.has_error()) return asked;
    bool const plain = base.find_first_of("?#") == std::string_view::npos;
    if (!plain) return refused("holds a query or a fragment");
    return asked;
}

std::string without_slash(std::string_view base) {
    while (base.ends_with('/')) base.remove_suffix(1);
    return std::string{base};
}

origin configured_origin(std::string const& base) {
    auto read = plain_origin(base);
    if (read.has_error())
        throw config_error{"github_fetch: api_base \"" + base + "\" " + read.error().detail};
    return *std::move(read);
}

allowed_hosts configured_hosts(std::vector<std::string> const& entries) {
    auto read = allowed_hosts::parse(entries);
    if (read.has_error()) throw config_error{"github_fetch: allowed_hosts: " + read.error().detail};
    return *std::move(read);
}

fault bad_redirect(http::response const& answer, std::string message) {
    return {.code = codes::gh_redirect,
            .message = "HTTP " + std::to_string(answer.status) + " " + std::move(message),
            .http_status = answer.status};
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::optional<std::string> resolve(std::string_view from, std::string_view to) {
    auto const base = urls::parse_uri(from);
    auto const reference = urls::parse_uri_reference(to);
    urls::url whole;
    if (base.has_error() || reference.has_error()) return std::nullopt;
    if (urls::resolve(*base, *reference, whole).has_error()) return std::nullopt;
    whole.remove_fragment();
    auto const text = whole.buffer();
    return std::string{text.data(), text.size()};
}

}  // namespace

api_access::api_access(github_fetch_options options)
    : base_(without_slash(options.api_base)),
      origin_(configured_origin(options.api_base)),
      others_(configured_hosts(options.allowed_hosts)),
      secrets_(std::move(options.secrets)) {}

result<std::string> api_access::base(std::string_view asked) const {
    if (asked.empty()) return base_;
    auto const whom = plain_origin(asked);
    if (whom.has_error()) return whom.error();
    if (!allows(*whom)) return refused("names a host that allowed_hosts does not hold");
    return without_slash(asked);
}

outcome<std::optional<std::string>> api_access::redirect(http::response const& answer,
                                                         std::string_view from) const {
    if (!is_redirect(answer.status)) return std::optional<std::string>{};
    auto const location = answer.headers.find("Location");
    auto to = location ? resolve(from, *location) : std::nullopt;
    if (!to) return bad_redirect(answer, "leads nowhere");
    auto const whom = parse_origin(*to);
    if (whom.has_error()) return bad_redirect(answer, "leads to an address that cannot be used");
    if (!allows(*whom)) return bad_redirect(answer, "leads to a host that is not allowed");
    bool const leaves_https = from.starts_with("https:") && whom->scheme != "https";
    if (leaves_https) return bad_redirect(answer, "leads from https to http");
    return to;
}

http::local_addresses api_access::local_addresses_of(std::string_view url) const {
    auto const whom = parse_origin(url);
    bool const is_configured = whom.has_value() && *whom == origin_;
    return is_configured ? http::local_addresses::allowed : http::local_addresses::as_written;
}

bool api_access::allows(origin const& asked) const {
    return asked == origin_ || others_.contains(asked);
}

}  // namespace conductor::workers::github
