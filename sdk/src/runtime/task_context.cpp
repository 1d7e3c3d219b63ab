#include <conductor/task_context.hpp>

#include <utility>

namespace conductor {

task_context::task_context(conductor::task const& task, std::stop_token stop,
                           std::optional<time_point> deadline, std::shared_ptr<clock> clock)
    : task_(&task), stop_(std::move(stop)), deadline_(deadline), clock_(std::move(clock)) {}

std::string task_context::idempotency_key() const {
    // A retry is a new task with a new id; the step keeps its reference name.
    return std::string(task_->workflow_id()) + "/" + std::string(task_->reference_name());
}

void task_context::log(std::string text) { logs_.push_back({std::move(text), clock_->wall()}); }

std::vector<task_log> task_context::take_logs() { return std::exchange(logs_, {}); }

}  // namespace conductor
