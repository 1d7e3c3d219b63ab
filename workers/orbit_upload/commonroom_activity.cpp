#include <orbit_upload/commonroom_activity.hpp>

#include <orbit_upload/activity_members.hpp>
#include <orbit_upload/sink_answer.hpp>

#include <boost/json/serialize.hpp>

#include <array>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> words{{
    {"star:created", "starred"},
    {"fork:created", "forked"},
    {"contributor:created", "contributed"},
}};

bool is_letter_or_digit(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
}

json::object user_of(json::object const& activity) {
    auto const who = person_of(activity).value_or(activity_person{});
    json::object user{{"id", who.uid ? *who.uid : who.login.value_or("unknown")}};
    if (who.login) user["username"] = *who.login;
    if (who.login && who.source == "github")
        user["github"] = {{"type", "handle"}, {"value", *who.login}};
    return user;
}

}  // namespace

std::string commonroom_type(std::string_view activity_type_key) {
    for (auto const& [key, word] : words)
        if (key == activity_type_key) return std::string{word};
    std::string type;
    for (char const sign : activity_type_key) {
        char const low = sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
        type += is_letter_or_digit(low) ? low : '_';
    }
    return type.empty() ? "activity" : type;
}

std::string commonroom_body(json::object const& activity) {
    json::object body{
        {"id", member_text(activity, "key").value_or("")},
        {"activityType", commonroom_type(member_text(activity, "activity_type_key").value_or(""))},
        {"user", user_of(activity)}};
    if (auto const at = member_text(activity, "occurred_at")) body["timestamp"] = *at;
    if (auto const title = member_text(activity, "title"))
        body["activityTitle"] = {{"type", "text"}, {"value", *title}};
    if (auto const link = member_text(activity, "link")) body["url"] = *link;
    return json::serialize(body);
}

delivery_report read_commonroom_answer(http::response const& answer, instant now) {
    if (auto report = judge_status(answer, now)) return *std::move(report);
    if (is_web_page(answer))
        return failed_by(codes::sink_gone, answer.status, "a web page, so this is not the API");
    if (answer.status < 300) return {.outcome = delivery_outcome::accepted};
    if (answer.status == 404)
        return failed_by(codes::sink_not_found, answer.status, "it has no such destination source");
    return rejected_by(answer.status, first_member(body_of(answer), {"errors", "error", "reason"}));
}

}  // namespace conductor::workers
