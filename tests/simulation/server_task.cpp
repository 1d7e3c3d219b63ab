#include "server_task.hpp"

#include <boost/json/parse.hpp>

#include <array>
#include <charconv>

namespace conductor::simulation {
namespace {

constexpr std::string_view reason_prefix = "run ";

}  // namespace

std::string_view to_string(phase state) {
    constexpr std::array<std::string_view, 7> names{
        "SCHEDULED", "IN_PROGRESS", "COMPLETED", "FAILED", "FAILED_WITH_TERMINAL_ERROR",
        "TIMED_OUT", "CANCELED"};
    return names[static_cast<std::size_t>(state)];
}

task server_task::to_json() const {
    boost::json::object document{{"taskId", id},
                                 {"taskType", type},
                                 {"status", to_string(record.status)},
                                 {"workflowInstanceId", "workflow-" + std::to_string(step)},
                                 {"referenceTaskName", type + "_ref"},
                                 {"workerId", record.worker_id},
                                 {"pollCount", record.poll_count},
                                 {"retryCount", retry},
                                 {"responseTimeoutSeconds", response_timeout.count()},
                                 {"outputData", record.output}};
    return task{std::move(document)};
}

boost::json::object output_of(task_update const& update) {
    if (update.output_text.empty()) return update.output;
    return boost::json::parse(update.output_text).as_object();
}

std::uint64_t run_of(task_update const& update) {
    // The runtime notes when a handler ran; a task that goes back unrun has no such note.
    if (!update.extra.contains("executionMetadata")) return 0;
    auto const output = output_of(update);
    if (auto const* number = output.if_contains("run")) return number->to_number<std::uint64_t>();
    std::uint64_t run = 0;
    if (update.reason.starts_with(reason_prefix))
        std::from_chars(update.reason.data() + reason_prefix.size(),
                        update.reason.data() + update.reason.size(), run);
    return run;
}

}  // namespace conductor::simulation
