#include <orbit_upload/activity_members.hpp>

#include <boost/json/value.hpp>

namespace conductor::workers {
namespace {

namespace json = boost::json;

json::object object_of(json::object const& activity, std::string_view name) {
    auto const* member = activity.if_contains(name);
    auto const* object = member != nullptr ? member->if_object() : nullptr;
    return object != nullptr ? *object : json::object{};
}

// A number is as good as its digits.
std::optional<std::string> uid_of(json::object const& identity) {
    auto const* member = identity.if_contains("uid");
    auto const* number = member != nullptr ? member->if_int64() : nullptr;
    return number != nullptr ? std::to_string(*number) : member_text(identity, "uid");
}

}  // namespace

std::optional<std::string> member_text(json::object const& object, std::string_view name) {
    auto const* member = object.if_contains(name);
    auto const* text = member != nullptr ? member->if_string() : nullptr;
    if (text == nullptr || text->empty()) return std::nullopt;
    return std::string{text->data(), text->size()};
}

std::optional<activity_person> person_of(json::object const& activity) {
    auto const identity = object_of(activity, "identity");
    activity_person person{.source = member_text(identity, "source").value_or("github"),
                           .uid = uid_of(identity),
                           .login = member_text(identity, "username")};
    if (!person.login && person.source == "github")
        person.login = member_text(object_of(activity, "member"), "github");
    return person.uid || person.login ? std::optional{person} : std::nullopt;
}

}  // namespace conductor::workers
