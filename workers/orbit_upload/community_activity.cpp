#include <orbit_upload/community_activity.hpp>

#include <contract/ascii.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

namespace conductor::workers {
namespace {

namespace json = boost::json;

// Takes a text up to a sign, or all of it when the sign is not there.
std::string_view take_until(std::string_view& text, char sign) {
    auto const end = text.find(sign);
    auto const taken = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return taken;
}

struct key_parts {
    std::string_view kind;
    std::string_view repository;
};

std::optional<key_parts> parts_of(std::string_view key) {
    if (take_until(key, ':') != "github") return std::nullopt;
    key_parts parts;
    parts.kind = take_until(key, ':');
    parts.repository = take_until(key, ':');
    return key.empty() || parts.repository.empty() ? std::nullopt : std::optional{parts};
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const whole = error == std::errc{} && stop == text.data() + text.size();
    return whole && number > 0 ? std::optional{number} : std::nullopt;
}

bool is_full_name(std::string_view text) {
    auto const slash = text.find('/');
    auto const is_plain = [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
               (sign >= '0' && sign <= '9') || sign == '-' || sign == '_' || sign == '.';
    };
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size()) return false;
    auto const name = text.substr(slash + 1);
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(slash), is_plain) &&
           std::all_of(name.begin(), name.end(), is_plain);
}

std::optional<std::string> name_by_link(json::object const& activity) {
    constexpr std::string_view host = "https://github.com/";
    auto const link = member_text(activity, "link").value_or("");
    if (!link.starts_with(host)) return std::nullopt;
    auto name = link.substr(host.size());
    if (name.ends_with('/')) name.pop_back();
    return is_full_name(name) ? std::optional{name} : std::nullopt;
}

// The link of a fork may lead to the original, or to the copy that the person has made.
bool is_own_copy(key_parts const& parts, std::string const& name, json::object const& activity) {
    auto const who = person_of(activity);
    return parts.kind == "fork" && who && who->login &&
           lower(name).starts_with(lower(*who->login) + "/");
}

}  // namespace

std::optional<activity_repository> repository_of(json::object const& activity) {
    auto const key = member_text(activity, "key").value_or("");
    auto const parts = parts_of(key);
    auto name = name_by_link(activity);
    if (parts && name && is_own_copy(*parts, *name, activity)) name.reset();
    activity_repository repository{.full_name = name};
    if (parts) {
        repository.github_id = number_of(parts->repository);
        std::string const named{parts->repository};
        // A key is in lower case; the link of the same repository has its true letters.
        if (is_full_name(named) && lower(name.value_or("")) != lower(named))
            repository.full_name = named;
    }
    bool const known = repository.github_id || repository.full_name;
    return known ? std::optional{repository} : std::nullopt;
}

result<community_activity> read_community_activity(json::object const& activity, instant now) {
    community_activity read{.key = member_text(activity, "key").value_or(""),
                            .type = member_text(activity, "activity_type_key"),
                            .title = member_text(activity, "title"),
                            .link = member_text(activity, "link"),
                            .occurred_at = community_time(now),
                            .person = person_of(activity),
                            .repository = repository_of(activity)};
    auto const* at = activity.if_contains("occurred_at");
    if (at == nullptr || at->is_null()) return read;
    auto const parsed = parse_instant(member_text(activity, "occurred_at").value_or(""));
    if (!parsed) return parsed.error();
    read.occurred_at = community_time(*parsed);
    return read;
}

std::string community_time(instant at) {
    return format_instant(std::chrono::floor<std::chrono::seconds>(at));
}

}  // namespace conductor::workers
