#include <daemon/commands/workflow_progress.hpp>

#include <daemon/log/printable.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace conductor::daemon {
namespace {

using boost::json::object;

constexpr std::size_t name_width = 32;
constexpr std::size_t type_width = 18;
constexpr std::size_t text_bytes_max = 300;
constexpr std::array<std::string_view, 4> final_states = {"COMPLETED", "FAILED", "TIMED_OUT",
                                                          "TERMINATED"};

std::string text_of(object const& from, std::string_view name) {
    auto const* const found = from.if_contains(name);
    if (found == nullptr || !found->is_string()) return {};
    return printable(found->as_string(), text_bytes_max);
}

std::int64_t number_of(object const& from, std::string_view name) {
    auto const* const found = from.if_contains(name);
    return found != nullptr && found->is_int64() ? found->as_int64() : 0;
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

// Time of day in UTC.
std::string time_text(std::int64_t milliseconds) {
    if (milliseconds <= 0) return "--:--:--";
    auto const seconds = milliseconds / 1000 % 86'400;
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    return buffer;
}

// None when it has not begun and ended yet, as the server's zeroes say.
std::string duration_text(object const& timed) {
    auto const begin = number_of(timed, "startTime");
    auto const end = number_of(timed, "endTime");
    if (begin <= 0 || end < begin) return {};
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2f s", static_cast<double>(end - begin) / 1000);
    return buffer;
}

bool is_final(std::string_view state) {
    return state != "SCHEDULED" && state != "IN_PROGRESS" && !state.empty();
}

std::string state_of(object const& task) {
    std::string state = text_of(task, "status");
    bool const is_loop = text_of(task, "taskType") == "DO_WHILE";
    if (is_loop && !is_final(state))
        state += " iteration " + std::to_string(number_of(task, "iteration"));
    return state;
}

// When the task came into its state, as far as the server tells.
std::int64_t changed_at(object const& task, bool ended) {
    if (ended) return number_of(task, "endTime");
    for (std::string_view const name : {"updateTime", "startTime", "scheduledTime"})
        if (auto const time = number_of(task, name); time > 0) return time;
    return 0;
}

std::string line_of(object const& task, std::string const& state) {
    bool const ended = is_final(text_of(task, "status"));
    std::string line = time_text(changed_at(task, ended));
    line += "  " + padded(text_of(task, "referenceTaskName"), name_width);
    line += "  " + padded(text_of(task, "taskType"), type_width) + "  " + state;
    if (ended) line += "  " + duration_text(task);
    if (auto const attempt = number_of(task, "retryCount"); attempt > 0)
        line += "  retry " + std::to_string(attempt);
    std::string const reason = text_of(task, "reasonForIncompletion");
    return reason.empty() ? line : line + "  " + reason;
}

}  // namespace

std::vector<std::string> workflow_progress::next(object const& workflow) {
    std::vector<std::string> lines;
    auto const* const tasks = workflow.if_contains("tasks");
    if (tasks == nullptr || !tasks->is_array()) return lines;
    for (auto const& one : tasks->as_array()) {
        if (!one.is_object()) continue;
        object const& task = one.as_object();
        std::string state = state_of(task);
        std::string& known = states_[text_of(task, "taskId")];
        if (state == known) continue;
        lines.push_back(line_of(task, state));
        known = std::move(state);
    }
    return lines;
}

std::optional<workflow_end> end_of(object const& workflow) {
    std::string const state = text_of(workflow, "status");
    if (std::ranges::find(final_states, state) == final_states.end()) return std::nullopt;
    workflow_end end{state == "COMPLETED", "workflow " + state};
    std::string const took = duration_text(workflow);
    if (!took.empty()) end.text += " after " + took;
    std::string const reason = text_of(workflow, "reasonForIncompletion");
    if (!reason.empty()) end.text += ": " + reason;
    return end;
}

}  // namespace conductor::daemon
