#include <star_filter/star_selection.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers {

namespace json = boost::json;

star_selection::star_selection(star_filter_request request)
    : request_(std::move(request)), keys_(std::move(request_.seen_keys)) {}

void star_selection::offer(json::value const& row) {
    auto const candidate = read_star(row);
    if (!candidate) {
        ++dropped_.malformed;
        return;
    }
    if (!is_wanted(*candidate)) {
        return;
    }
    auto key = key_of(*candidate);
    if (!keys_.insert(key).second) {
        ++dropped_.duplicate;
        return;
    }
    newest_ = newest_ ? std::max(*newest_, candidate->at) : candidate->at;
    activities_.emplace_back(activity_of(*candidate, std::move(key)));
}

bool star_selection::is_wanted(star const& candidate) {
    std::size_t* reason = nullptr;
    if (candidate.at <= request_.cutoff) {
        reason = &dropped_.old;
    } else if (candidate.at > request_.until) {
        reason = &dropped_.future;
    } else if (request_.exclude_bots && candidate.bot) {
        reason = &dropped_.bot;
    } else if (!request_.exclude_logins.empty() &&
               request_.exclude_logins.contains(lower_case(candidate.login))) {
        reason = &dropped_.excluded;
    }
    if (reason != nullptr) {
        ++*reason;
    }
    return reason == nullptr;
}

// No time in it, so that the same star found by another way, or given a second time, is the same
// key. A login may consist of digits, hence the sign that no login holds.
std::string star_selection::key_of(star const& picked) const {
    return request_.key_prefix +
           (picked.user_id ? std::to_string(*picked.user_id) : "@" + lower_case(picked.login));
}

json::object star_selection::activity_of(star const& picked, std::string key) const {
    json::object identity;
    identity.reserve(3);
    identity.emplace("source", "github");
    if (picked.user_id) {
        identity.emplace("uid", std::to_string(*picked.user_id));
    }
    identity.emplace("username", picked.login);

    json::object activity;
    activity.reserve(7);
    activity.emplace("occurred_at", picked.at_text);
    activity.emplace("title", request_.activity_name);
    activity.emplace("key", std::move(key));
    activity.emplace("activity_type_key", "star:created");
    if (!request_.link.empty()) {
        activity.emplace("link", request_.link);
    }
    activity.emplace("member", json::object{{"github", picked.login}});
    activity.emplace("identity", std::move(identity));
    return activity;
}

json::object star_selection::take_output() {
    json::object dropped{{"old", dropped_.old},
                         {"future", dropped_.future},
                         {"duplicate", dropped_.duplicate},
                         {"bot", dropped_.bot},
                         {"malformed", dropped_.malformed}};
    if (!request_.exclude_logins.empty()) {
        dropped.emplace("excluded", dropped_.excluded);
    }
    json::object output;
    output.emplace("count", activities_.size());
    output.emplace("activities", std::move(activities_));
    output.emplace("dropped", std::move(dropped));
    output.emplace("cutoff", format_instant(request_.cutoff));
    output.emplace("until", format_instant(request_.until));
    output.emplace("newest", nullptr);
    if (newest_) {
        output["newest"] = format_instant(*newest_);
    }
    activities_.clear();
    return output;
}

}  // namespace conductor::workers
