#include <github_fetch/event_feed.hpp>

#include <github_fetch/json_members.hpp>
#include <github_fetch/read_rows.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

json::object const* object_member(json::object const& object, std::string_view name) {
    auto const* const value = object.if_contains(name);
    return value != nullptr ? value->if_object() : nullptr;
}

bool is_star(json::object const& event) {
    if (text_member(event, "type") != "WatchEvent") return false;
    auto const* const payload = object_member(event, "payload");
    return payload != nullptr && text_member(*payload, "action") == "started";
}

result<void> read_copy(json::object const& event, std::string const& pointer, row& out) {
    auto const* const payload = object_member(event, "payload");
    auto const* const copy = payload != nullptr ? object_member(*payload, "forkee") : nullptr;
    std::string const where = pointer + "/payload/forkee";
    if (copy == nullptr) return malformed(where, "expected an object");
    auto const id = count_member(*copy, "id");
    if (!id) return malformed(where + "/id", "expected a whole number");
    auto name = text_member(*copy, "full_name");
    if (!name) return malformed(where + "/full_name", "expected a text");
    out.number = *id;
    out.name = *std::move(name);
    return {};
}

result<void> read_event(row_kind kind, json::object const& event, std::string const& pointer,
                        event_page& out) {
    auto const at = read_instant(event, "created_at", pointer);
    if (at.has_error()) return at.error();
    out.oldest = std::min(out.oldest.value_or(*at), *at);
    if (auto const* const repository = object_member(event, "repo"))
        out.repository_id = count_member(*repository, "id");
    bool const is_fork = text_member(event, "type") == "ForkEvent";
    if (!(kind == row_kind::fork ? is_fork : is_star(event))) return {};
    auto actor = read_account(event.if_contains("actor"), pointer + "/actor");
    if (actor.has_error()) return actor.error();
    row made{.at = *at, .user = *std::move(actor)};
    if (kind == row_kind::fork) {
        auto const copy = read_copy(event, pointer, made);
        if (copy.has_error()) return copy.error();
    }
    out.rows.push_back(std::move(made));
    return {};
}

}  // namespace

result<event_page> read_events(row_kind kind, json::value const& body) {
    auto const* const events = body.if_array();
    if (events == nullptr) return malformed("", "expected an array");
    event_page page;
    for (std::size_t index = 0; index < events->size(); ++index) {
        std::string const pointer = "/" + std::to_string(index);
        auto const* const event = (*events)[index].if_object();
        if (event == nullptr) return malformed(pointer, "expected an object");
        auto const read = read_event(kind, *event, pointer, page);
        if (read.has_error()) return read.error();
    }
    return page;
}

}  // namespace conductor::workers::github
