#include <github_fetch/github_answer.hpp>

#include <contract/retry_after.hpp>
#include <github_fetch/json_members.hpp>

#include <boost/algorithm/string/predicate.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers::github {
namespace {

using std::chrono::seconds;

constexpr std::size_t message_bytes_max = 200;
constexpr seconds unnamed_wait{60};

std::string told(http::response const& answer) {
    std::string const message = message_of(answer.body);
    std::string const status = "HTTP " + std::to_string(answer.status);
    return message.empty() ? status : status + ": " + message;
}

fault refused(http::response const& answer, fault_code code) {
    return {.code = code, .message = told(answer), .http_status = answer.status};
}

bool speaks_of(http::response const& answer, std::string_view subject) {
    return boost::algorithm::icontains(message_of(answer.body), subject);
}

std::optional<seconds> wait_of(http::response const& answer, instant now, int earlier_limits) {
    if (answer.status != 403 && answer.status != 429) return std::nullopt;
    if (auto const wait = retry_after(answer.headers, now)) return wait;
    if (auto const wait = quota_reset(answer.headers, now)) return wait;
    bool const limited = answer.status == 429 || speaks_of(answer, "rate limit");
    if (!limited) return std::nullopt;
    return wait_without_a_word(earlier_limits);
}

// 400 and the like: GitHub does not understand what the input made us ask for.
fault_code code_of(http::response const& answer) {
    switch (answer.status) {
        case 401: return codes::gh_bad_credentials;
        case 403:
            // "The history or contributor list is too large to list contributors …"
            return speaks_of(answer, "too large") ? codes::gh_pagination_limit
                                                  : codes::gh_bad_credentials;
        case 404:
        case 410: return codes::gh_not_found;
        case 408: return codes::gh_network;
        case 451: return codes::gh_unavailable_legal;
        case 422:
            return speaks_of(answer, "pagination") ? codes::gh_pagination_limit : codes::bad_input;
        default: break;
    }
    if (answer.status >= 500) return codes::gh_upstream;
    if (answer.status >= 400) return codes::bad_input;
    return codes::gh_bad_body;
}

verdict accept(http::response const& answer, instant now) {
    github_answer made;
    if (answer.status == 200) {
        auto body = parse_body(answer.body);
        if (body.has_error()) {
            return fault{.code = codes::gh_bad_body,
                         .message = "not JSON: " + body.error().detail,
                         .http_status = answer.status};
        }
        made.body = *std::move(body);
    }
    made.links = read_links(answer.headers);
    auto const id = repository_id_in(answer.url);
    made.repository_id = id ? id : made.links.repository_id;
    made.etag = std::string{answer.headers.find("ETag").value_or("")};
    made.at = now;
    made.status = answer.status;
    return made;
}

bool holds_what_was_asked_for(int status) {
    return status == 200 || status == no_content || status == unchanged;
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

}  // namespace

verdict judge(http::response const& answer, instant now, int earlier_limits) {
    if (holds_what_was_asked_for(answer.status)) return accept(answer, now);
    if (auto const asked = wait_of(answer, now, earlier_limits))
        return limited(*asked, refused(answer, codes::gh_rate_limited), now);
    return refused(answer, code_of(answer));
}

rate_limit limited(seconds wait, fault why, instant now) {
    rate_limit limit{std::max(wait, seconds{1}), std::move(why)};
    limit.why.retry_at = now + limit.wait;
    return limit;
}

seconds wait_without_a_word(int earlier_limits) {
    return unnamed_wait * (1 << std::clamp(earlier_limits, 0, 10));
}

fault judge(failure const& error) {
    bool const began = error.code == errc::connection_closed || error.code == errc::bad_response ||
                       error.code == errc::body_too_large || error.code == errc::header_too_large;
    return {.code = began ? codes::gh_bad_body : codes::gh_network, .message = error.message()};
}

std::string message_of(std::string_view body) {
    auto const document = parse_body(body);
    auto const* const object = document.has_value() ? document->if_object() : nullptr;
    if (object == nullptr) return {};
    return one_line(text_member(*object, "message").value_or(""));
}

std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
    if (text.size() <= message_bytes_max) return text;
    std::size_t end = message_bytes_max;
    while (end > 0 && continues_a_character(text[end])) --end;
    return text.substr(0, end);
}

}  // namespace conductor::workers::github
