#include "http/redirect.hpp"

#include "http/ascii.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace conductor::http {
namespace {

namespace urls = boost::urls;

constexpr unsigned redirects_limit = 5;

// Any other header may be a credential by a name that nobody can list.
constexpr std::array<std::string_view, 8> harmless_headers{
    "accept",           "accept-encoding", "accept-language",   "content-type",
    "content-encoding", "if-none-match",   "if-modified-since", "user-agent",
};

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool becomes_get(std::string_view method, int status) {
    if (method == "GET" || method == "HEAD") return false;
    return status == 303 || ((status == 301 || status == 302) && method == "POST");
}

bool is_harmless(header const& line) {
    return std::any_of(harmless_headers.begin(), harmless_headers.end(),
                       [&](auto name) { return equal_ignoring_case(line.name, name); });
}

failure refuse(errc code, char const* why) { return {make_error_code(code), why}; }

result<std::string> absolute_url(std::string_view base, std::string_view location) {
    auto const reference = urls::parse_uri_reference(location);
    auto const from = urls::parse_uri(base);
    if (!reference || !from) return refuse(errc::bad_url, "redirect to an unusable location");
    urls::url whole;
    if (!urls::resolve(*from, *reference, whole))
        return refuse(errc::bad_url, "redirect to an unusable location");
    whole.remove_fragment();
    return std::string(whole.data(), whole.size());
}

void keep_harmless_headers(headers& lines) {
    headers kept;
    for (auto const& line : lines)
        if (is_harmless(line)) kept.add(line.name, line.value);
    lines = std::move(kept);
}

}  // namespace

result<std::optional<redirection>> find_redirection(request const& request, target const& from,
                                                    response const& answer, unsigned followed) {
    auto const location = answer.headers.find("Location");
    if (request.redirects_max == 0 || !is_redirect(answer.status) || !location)
        return std::optional<redirection>{};
    if (followed >= std::min(request.redirects_max, redirects_limit))
        return refuse(errc::too_many_redirects, "");
    auto url = absolute_url(request.url, *location);
    if (!url) return url.error();
    auto to = parse_target(*url);
    if (!to) return refuse(errc::bad_url, "redirect to an unusable location");
    if (from.origin.secure && !to->origin.secure)
        return refuse(errc::bad_url, "redirect from https to http");
    bool const keeps_body = !request.body.empty() && !becomes_get(request.method, answer.status);
    if (keeps_body && to->origin != from.origin)
        return refuse(errc::bad_url, "redirect of a body to another origin");
    return std::optional<redirection>{{std::move(*url), std::move(*to)}};
}

void redirect_request(request& request, target const& from, redirection const& to, int status) {
    if (becomes_get(request.method, status)) {
        request.method = "GET";
        request.body.clear();
        request.headers.erase("Content-Type");
        request.headers.erase("Content-Encoding");
    }
    if (to.target.origin != from.origin) keep_harmless_headers(request.headers);
    request.url = to.url;
}

}  // namespace conductor::http
