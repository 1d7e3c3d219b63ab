#include "api/rest_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace conductor::api {
namespace {

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    for (auto at = text.begin(); at != text.end(); ++at) {
        auto const plain_end = std::find_if_not(at, text.end(), is_unreserved);
        out.append(at, plain_end);
        at = plain_end;
        if (at == text.end()) return;
        auto const byte = static_cast<unsigned char>(*at);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
}

// A path segment of dots alone would be taken as a step up; dots cannot be escaped in a URL, so
// the segment is sent doubly encoded and the server answers that it knows no such thing.
void append_segment(std::string& out, std::string_view text) {
    if (text == "." || text == "..") {
        for (std::size_t i = 0; i < text.size(); ++i) out += "%252E";
        return;
    }
    append_encoded(out, text);
}

}  // namespace

result<std::string> normalise_base(std::string_view url) {
    auto const parsed = boost::urls::parse_uri({url.data(), url.size()});
    if (!parsed) return failure{errc::bad_url, "not an absolute address"};
    auto const scheme = parsed->scheme_id();
    if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https)
        return failure{errc::bad_url, "neither http nor https"};
    if (parsed->host().empty()) return failure{errc::bad_url, "no host"};
    if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment())
        return failure{errc::bad_url, "user, password, query and fragment have no place here"};
    std::string base(url);
    while (base.ends_with('/')) base.pop_back();
    return base;
}

std::string make_url(std::string_view base, rest_call const& call) {
    std::string url;
    url.reserve(base.size() + call.path.size() + 96);
    url += base;
    std::string_view path = call.path;
    for (auto const& argument : call.arguments) {
        auto const opening = path.find('{');
        auto const closing = path.find('}', opening);
        if (closing == path.npos) break;
        url += path.substr(0, opening);
        append_segment(url, argument);
        path.remove_prefix(closing + 1);
    }
    url += path;
    char separator = '?';
    for (auto const& [name, value] : call.query) {
        url += separator;
        append_encoded(url, name);
        url += '=';
        append_encoded(url, value);
        separator = '&';
    }
    return url;
}

}  // namespace conductor::api
