#include <star_filter/activity_row.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace conductor::workers {
namespace {

namespace json = boost::json;

// The member that shows what a row is, and tells the time where it is a text.
struct kind_member {
    std::string_view name;
    activity_kind kind;
    bool dated = true;
};

constexpr std::array kind_members{
    kind_member{"starred_at", activity_kind::star},
    kind_member{"forked_at", activity_kind::fork},
    kind_member{"contributions", activity_kind::contributor, false},
    kind_member{"occurred_at", activity_kind::star},
};

kind_member const* kind_of(json::object const& row) {
    auto const* const found = std::ranges::find_if(
        kind_members, [&](kind_member const& one) { return row.contains(one.name); });
    return found != kind_members.end() ? found : nullptr;
}

std::string_view text_of(json::object const& object, std::string_view name) {
    auto const* member = object.if_contains(name);
    auto const* text = member != nullptr ? member->if_string() : nullptr;
    return text != nullptr ? std::string_view{text->data(), text->size()} : std::string_view{};
}

json::object const* object_of(json::object const& object, std::string_view name) {
    auto const* member = object.if_contains(name);
    return member != nullptr ? member->if_object() : nullptr;
}

// Zero for anything that is no account number.
std::int64_t account_number(json::value const& value) {
    std::int64_t number = 0;
    if (auto const* whole = value.if_int64()) {
        number = *whole;
    } else if (auto const* real = value.if_double()) {
        constexpr double exact_max = 9007199254740992.0;
        bool const exact = std::abs(*real) <= exact_max && std::trunc(*real) == *real;
        number = exact ? static_cast<std::int64_t>(*real) : 0;
    } else if (auto const* text = value.if_string()) {
        auto const* const end = text->data() + text->size();
        auto const [stop, error] = std::from_chars(text->data(), end, number);
        number = error == std::errc{} && stop == end ? number : 0;
    }
    return number > 0 ? number : 0;
}

bool is_bot(json::object const& user, std::string_view login) {
    return text_of(user, "type") == "Bot" || login.ends_with("[bot]");
}

// Fills in who did it; false when the row does not say so.
bool read_user(json::object const& row, activity_row& found) {
    auto const* user = object_of(row, "user");
    if (user == nullptr) {
        auto const* member = object_of(row, "member");
        found.login = member != nullptr ? text_of(*member, "github") : std::string_view{};
        found.bot = found.login.ends_with("[bot]");
        return !found.login.empty();
    }
    found.login = text_of(*user, "login");
    found.bot = is_bot(*user, found.login);
    auto const* id = user->if_contains("id");
    if (id != nullptr && !id->is_null()) found.user_id = account_number(*id);
    return !found.login.empty() && found.user_id != 0;
}

}  // namespace

std::optional<activity_row> read_activity_row(json::value const& row) {
    auto const* const object = row.if_object();
    auto const* const shown_by = object != nullptr ? kind_of(*object) : nullptr;
    if (shown_by == nullptr) return std::nullopt;
    activity_row found{.kind = shown_by->kind};
    if (shown_by->dated) {
        found.at_text = text_of(*object, shown_by->name);
        auto const at = parse_instant(found.at_text);
        if (!at) return std::nullopt;
        found.at = *at;
    }
    if (!read_user(*object, found)) return std::nullopt;
    return found;
}

bool looks_like_row(json::object const& object) { return kind_of(object) != nullptr; }

}  // namespace conductor::workers
