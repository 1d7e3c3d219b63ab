#include <star_filter/star.hpp>

#include <boost/json/object.hpp>

#include <charconv>
#include <cmath>
#include <system_error>

namespace conductor::workers {
namespace {

namespace json = boost::json;

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

// Fills in who gave the star; false when the row does not say so.
bool read_user(json::object const& row, star& found) {
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
    if (id != nullptr && !id->is_null()) {
        found.user_id = account_number(*id);
    }
    return !found.login.empty() && found.user_id != 0;
}

}  // namespace

std::optional<star> read_star(json::value const& row) {
    auto const* object = row.if_object();
    if (object == nullptr) {
        return std::nullopt;
    }
    auto text = text_of(*object, "starred_at");
    if (text.empty()) {
        text = text_of(*object, "occurred_at");
    }
    auto const at = parse_instant(text);
    star found;
    if (!at || !read_user(*object, found)) {
        return std::nullopt;
    }
    found.at = *at;
    found.at_text = text;
    return found;
}

}  // namespace conductor::workers
