#pragma once

#include <conductor/environment.hpp>
#include <conductor/task.hpp>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace conductor {

/** @brief What a handler may know and do besides reading its input.
 *
 *  @par Threads  Belongs to the handler while it runs.
 */
class task_context {
public:
    /** @brief Made by the runtime, or by a test. The task must outlive the context. */
    task_context(conductor::task const& task, std::stop_token stop,
                 std::optional<time_point> deadline, std::shared_ptr<clock> clock);

    /** @brief The task itself. */
    conductor::task const& task() const { return *task_; }
    /** @brief Asks the handler to end: fires when the runtime's grace period is over. */
    std::stop_token stop_token() const { return stop_; }
    /** @brief When the server will take the task back if nothing is reported; none if never. */
    std::optional<time_point> deadline() const { return deadline_; }
    /** @brief What the task's last claim left with `call_back_after`; empty in the first run. */
    boost::json::object const& previous_output() const { return task_->output(); }
    /** @brief The same over all retries and hand-backs of this step of the workflow, and of no
     *  other: for a third party that can refuse to do a thing twice. */
    std::string idempotency_key() const;
    /** @brief Adds a line to the task's log; sent with the result. */
    void log(std::string text);
    /** @brief Wall-clock time. */
    std::chrono::system_clock::time_point wall() const { return clock_->wall(); }

    /** @brief Takes the lines written so far. */
    std::vector<task_log> take_logs();

private:
    conductor::task const* task_;
    std::stop_token stop_;
    std::optional<time_point> deadline_;
    std::shared_ptr<clock> clock_;
    std::vector<task_log> logs_;
};

}  // namespace conductor
