#include <github_fetch/graphql_errors.hpp>

#include <contract/retry_after.hpp>
#include <github_fetch/json_members.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

struct meaning {
    std::string_view type;
    fault_code code;
};

// The first that stands in an answer counts.
constexpr std::array meanings{
    meaning{"RATE_LIMITED", codes::gh_rate_limited},
    meaning{"RATE_LIMIT", codes::gh_rate_limited},
    meaning{"INSUFFICIENT_SCOPES", codes::gh_stargazers_restricted},
    meaning{"FORBIDDEN", codes::gh_stargazers_restricted},
    meaning{"NOT_FOUND", codes::gh_not_found},
};

fault told(fault_code code, std::string const& message) {
    std::string text = "GraphQL";
    if (!message.empty()) text += ": " + message;
    return {.code = code, .message = std::move(text), .http_status = 200};
}

json::object const* error_of_type(json::array const& errors, std::string_view type) {
    auto const is_of_type = [type](json::value const& error) {
        return error.is_object() && text_member(error.get_object(), "type") == type;
    };
    auto const* const found = std::ranges::find_if(errors, is_of_type);
    return found == errors.end() ? nullptr : &found->get_object();
}

fault meaning_of(json::value const& value) {
    auto const* const errors = value.if_array();
    if (errors == nullptr || errors->empty() || !errors->front().is_object())
        return told(codes::gh_bad_body, "/errors: expected a list of errors");
    for (auto const& known : meanings)
        if (auto const* const error = error_of_type(*errors, known.type))
            return told(known.code, one_line(text_member(*error, "message").value_or("")));
    auto const& first = errors->front().get_object();
    return told(codes::gh_upstream, one_line(text_member(first, "message").value_or("")));
}

std::chrono::seconds wait_of(http::headers const& headers, instant now, int earlier_limits) {
    if (auto const wait = retry_after(headers, now)) return *wait;
    if (auto const wait = quota_reset(headers, now)) return *wait;
    return wait_without_a_word(earlier_limits);
}

}  // namespace

verdict judge_graphql(http::response const& answer, instant now, int earlier_limits) {
    auto judged = judge(answer, now, earlier_limits);
    auto const* const accepted = std::get_if<github_answer>(&judged);
    auto const* const body = accepted != nullptr ? accepted->body.if_object() : nullptr;
    auto const* const errors = body != nullptr ? body->if_contains("errors") : nullptr;
    if (errors == nullptr || errors->is_null()) return judged;
    auto why = meaning_of(*errors);
    if (why.code != codes::gh_rate_limited) return why;
    return limited(wait_of(answer.headers, now, earlier_limits), std::move(why), now);
}

}  // namespace conductor::workers::github
