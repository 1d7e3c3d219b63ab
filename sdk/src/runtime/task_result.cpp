#include <conductor/task_result.hpp>

#include <utility>

namespace conductor {

task_result task_result::completed(boost::json::object output) {
    return task_result{std::move(output)};
}

task_result task_result::failed(std::string reason, boost::json::object output) {
    task_result outcome{std::move(output)};
    outcome.status_ = task_status::failed;
    outcome.reason_ = std::move(reason);
    return outcome;
}

task_result task_result::failed_for_good(std::string reason, boost::json::object output) {
    auto outcome = failed(std::move(reason), std::move(output));
    outcome.status_ = task_status::failed_with_terminal_error;
    return outcome;
}

task_result task_result::call_back_after(std::chrono::seconds delay, boost::json::object output) {
    task_result outcome{std::move(output)};
    outcome.status_ = task_status::in_progress;
    outcome.delay_ = delay;
    return outcome;
}

}  // namespace conductor
