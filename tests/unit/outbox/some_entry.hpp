#pragma once

#include <conductor/outbox.hpp>

#include <boost/json/array.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace conductor::test {

/** @brief An entry in which every member says something, and which no text format keeps by luck. */
inline outbox_entry some_entry(std::string const& task_id = "t-1") {
    using std::chrono::nanoseconds;
    using std::chrono::system_clock;
    outbox_entry entry;
    entry.poll_count = 3;
    entry.created = system_clock::time_point{nanoseconds{1'700'000'000'123'456'789}};
    auto& update = entry.update;
    update.task_id = task_id;
    update.workflow_id = "w-1";
    update.worker_id = "host-7";
    update.task_type = "greet";
    update.status = task_status::failed_with_terminal_error;
    update.reason = "quoted \"'\n, and \xff\xfe, which is no UTF-8";
    update.callback_after = std::chrono::seconds{90};
    update.output = {{"text", boost::json::string_view{"a\0b", 3}},
                     {"nothing", nullptr},
                     {"yes", true},
                     {"tenth", 0.1},
                     {"odd", 7.038531e-26},
                     {"largest", std::numeric_limits<double>::max()},
                     {"smallest", std::numeric_limits<double>::denorm_min()},
                     {"int", std::numeric_limits<std::int64_t>::min()},
                     {"uint", std::numeric_limits<std::uint64_t>::max()},
                     {"list", boost::json::array{1, "two", boost::json::object{{"three", 3.0}}}},
                     {"bytes", "\xc3\x28"}};
    update.logs = {{"first\nline", system_clock::time_point{nanoseconds{1}}},
                   {"", system_clock::time_point{nanoseconds{-5}}}};
    update.extra = {{"subWorkflowId", "s-1"}, {"externalOutputPayloadStoragePath", nullptr}};
    return entry;
}

}  // namespace conductor::test
