#include <orbit_upload/orbit_answer.hpp>

#include <orbit_upload/sink_answer.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;

bool says_taken(json::value const& reason) {
    auto const* const text = reason.if_string();
    return text != nullptr && std::string_view{*text} == "has already been taken";
}

// `{"key": ["has already been taken"]}`, or the text alone. A key that is refused for another
// reason, or along with something else, has not been stored.
bool says_duplicate(json::value const& reasons) {
    auto const* const by_member = reasons.if_object();
    auto const* const of_key = by_member != nullptr ? by_member->if_contains("key") : nullptr;
    if (of_key == nullptr) return false;
    auto const* const several = of_key->if_array();
    return several != nullptr ? std::ranges::any_of(*several, says_taken) : says_taken(*of_key);
}

delivery_report taken(http::response const& answer, json::value const& body, json::value reasons) {
    if (!reasons.is_null()) return rejected_by(answer.status, std::move(reasons));
    if (!answer.body.empty() && !body.is_object())
        return failed_by(codes::sink_upstream, answer.status, "the body is no JSON object");
    bool const is_new = answer.status == 201;
    return {.outcome = is_new ? delivery_outcome::created : delivery_outcome::accepted};
}

}  // namespace

delivery_report read_orbit_answer(http::response const& answer, instant now) {
    if (auto report = judge_status(answer, now)) return *std::move(report);
    if (is_web_page(answer))
        return failed_by(codes::sink_gone, answer.status, "a web page, so this is not the API");
    auto const body = body_of(answer);
    // `errors` as most answers have it, `error` where there is one text for all.
    auto why = first_member(body, {"errors", "error"});
    if (says_duplicate(why)) return {.outcome = delivery_outcome::duplicate};
    if (answer.status == 404)
        return failed_by(codes::sink_not_found, answer.status, "it has no such workspace");
    return answer.status < 300 ? taken(answer, body, std::move(why))
                               : rejected_by(answer.status, std::move(why));
}

}  // namespace conductor::workers
