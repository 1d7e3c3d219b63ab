#include <star_filter/activity_selection.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers {

namespace json = boost::json;

namespace {

struct kind_words {
    std::string_view noun;
    std::string_view activity_type;
};

kind_words words_of(activity_kind kind) {
    switch (kind) {
        case activity_kind::fork: return {"fork", "fork:created"};
        case activity_kind::contributor: return {"contributor", "contributor:created"};
        case activity_kind::star: break;
    }
    return {"star", "star:created"};
}

}  // namespace

activity_selection::activity_selection(star_filter_request request)
    : request_(std::move(request)), keys_(std::move(request_.seen_keys)) {}

void activity_selection::offer(json::value const& row) {
    auto const candidate = read_activity_row(row);
    if (!candidate) {
        ++dropped_.malformed;
        return;
    }
    if (auto const reason = reason_against(*candidate)) {
        ++(dropped_.*reason);
        return;
    }
    auto key = key_of(*candidate);
    if (!keys_.insert(key).second) {
        ++dropped_.duplicate;
        return;
    }
    newest_ = std::max(newest_, candidate->at);
    ++counts_[static_cast<std::size_t>(candidate->kind)];
    activities_.emplace_back(activity_of(*candidate, std::move(key)));
}

// The count of those that are left out for the same reason; none for a row that is wanted.
std::size_t dropped_rows::*activity_selection::reason_against(activity_row const& candidate) const {
    if (candidate.at && *candidate.at <= request_.cutoff) return &dropped_rows::old;
    if (candidate.at && *candidate.at > request_.until) return &dropped_rows::future;
    if (request_.exclude_bots && candidate.bot) return &dropped_rows::bot;
    bool const is_excluded = !request_.exclude_logins.empty() &&
                             request_.exclude_logins.contains(lower_case(candidate.login));
    return is_excluded ? &dropped_rows::excluded : nullptr;
}

// No time in it, so that the same star found by another way, or given a second time, is the same
// key. A login may consist of digits, hence the sign that no login holds.
std::string activity_selection::key_of(activity_row const& picked) const {
    std::string const prefix =
        "github:" + std::string{words_of(picked.kind).noun} + ":" + request_.repository + ":";
    return prefix +
           (picked.user_id ? std::to_string(*picked.user_id) : "@" + lower_case(picked.login));
}

json::object activity_selection::activity_of(activity_row const& picked, std::string key) const {
    json::object identity;
    identity.reserve(3);
    identity.emplace("source", "github");
    if (picked.user_id) identity.emplace("uid", std::to_string(*picked.user_id));
    identity.emplace("username", picked.login);

    json::object activity;
    activity.reserve(7);
    // GitHub does not say when somebody began to contribute; sinks keep the first they were told.
    activity.emplace("occurred_at",
                     picked.at ? std::string{picked.at_text} : format_instant(request_.until));
    activity.emplace("title", request_.titles[static_cast<std::size_t>(picked.kind)]);
    activity.emplace("key", std::move(key));
    activity.emplace("activity_type_key", words_of(picked.kind).activity_type);
    if (!request_.link.empty()) activity.emplace("link", request_.link);
    activity.emplace("member", json::object{{"github", picked.login}});
    activity.emplace("identity", std::move(identity));
    return activity;
}

json::object activity_selection::take_output() {
    json::object dropped{{"old", dropped_.old},
                         {"future", dropped_.future},
                         {"duplicate", dropped_.duplicate},
                         {"bot", dropped_.bot},
                         {"malformed", dropped_.malformed}};
    if (!request_.exclude_logins.empty()) dropped.emplace("excluded", dropped_.excluded);
    json::object output;
    output.emplace("count", activities_.size());
    json::object by_type;
    for (std::size_t kind = 0; kind != activity_kinds; ++kind)
        by_type.emplace(words_of(static_cast<activity_kind>(kind)).activity_type, counts_[kind]);
    output.emplace("count_by_type", std::move(by_type));
    output.emplace("activities", std::move(activities_));
    output.emplace("dropped", std::move(dropped));
    output.emplace("cutoff", format_instant(request_.cutoff));
    output.emplace("until", format_instant(request_.until));
    output.emplace("newest", nullptr);
    if (newest_) output["newest"] = format_instant(*newest_);
    activities_.clear();
    counts_ = {};
    return output;
}

}  // namespace conductor::workers
