#include <orbit_upload/upload_request.hpp>

#include <contract/input_reader.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;

constexpr std::int64_t rate_per_minute_max = 60'000;
constexpr std::int64_t max_wait_seconds_max = 30 * 24 * 3600;

// Encoding keeps everything else inside one segment of the path; dots mean a move to every server.
bool is_workspace(std::string_view name) {
    bool const moves = name == "." || name == "..";
    return !moves && std::none_of(name.begin(), name.end(), [](char letter) {
        auto const byte = static_cast<unsigned char>(letter);
        return letter == '/' || letter == '\\' || byte < 0x20 || byte == 0x7F;
    });
}

void read_workspace(input_reader& reader, upload_request& request) {
    request.workspace = reader.required_text("orbit_workspace");
    if (!is_workspace(request.workspace))
        reader.refuse("/orbit_workspace", "expected a name, without slashes");
}

void read_key(input_reader& reader, upload_request& request) {
    auto key = reader.text("orbit_apikey");
    auto other_spelling = reader.text("orbit_api_key");
    auto& chosen = key ? key : other_spelling;
    if (chosen) request.key = secret{std::move(*chosen)};
}

void read_activity(input_reader& reader, json::value const& value, std::string const& pointer,
                   upload_request& request) {
    if (auto const* activity = value.if_object())
        request.activities.push_back(activity);
    else
        reader.refuse(pointer, "expected an object");
}

// `activity: null` is what a loop over a list hands on when the list is empty: nothing to do.
// `activities: null` is an expression that found nothing, and would lose a day unseen.
void read_activities(json::object const& input, input_reader& reader, upload_request& request) {
    if (auto const* list = reader.array("activities")) {
        request.activities.reserve(list->size());
        for (std::size_t index = 0; index != list->size(); ++index) {
            auto const pointer = "/activities/" + std::to_string(index);
            read_activity(reader, (*list)[index], pointer, request);
        }
    } else if (auto const* one = reader.find("activity")) {
        read_activity(reader, *one, "/activity", request);
    } else if (reader.find("activities") == nullptr && !input.contains("activity")) {
        reader.refuse("/activities", "is required, or one activity as activity");
    }
}

void read_options(input_reader& reader, upload_request& request) {
    request.activity_name = reader.text("activity_name").value_or("");
    request.sink = reader.text("sink").value_or("");
    request.rate_per_minute = reader.integer("rate_per_minute", {1, rate_per_minute_max})
                                  .value_or(request.rate_per_minute);
    auto const max_wait = reader.integer("max_wait_seconds", {0, max_wait_seconds_max});
    request.max_wait = max_wait ? std::chrono::seconds{*max_wait} : request.max_wait;
    if (reader.choice("body_shape", {"wrapped", "flat"}) == "flat")
        request.shape = body_shape::flat;
    if (reader.choice("on_item_error", {"fail", "continue"}) == "continue")
        request.on_item_error = item_error_rule::go_on;
    request.dry_run = reader.boolean("dry_run").value_or(false);
}

bool is_blank(json::object const& activity, std::string_view name) {
    auto const* member = activity.if_contains(name);
    auto const* text = member != nullptr ? member->if_string() : nullptr;
    return member == nullptr || member->is_null() || (text != nullptr && text->empty());
}

}  // namespace

outcome<upload_request> read_upload_request(json::object const& input) {
    input_reader reader{input};
    upload_request request;
    read_workspace(reader, request);
    read_key(reader, request);
    read_activities(input, reader, request);
    read_options(reader, request);
    if (!reader.good()) return reader.error();
    return request;
}

json::object complete_activity(json::object const& activity, std::string const& title,
                               std::string const& key) {
    auto completed = activity;
    if (is_blank(completed, "title") && !title.empty()) completed["title"] = title;
    if (is_blank(completed, "key")) completed["key"] = key;
    return completed;
}

}  // namespace conductor::workers
