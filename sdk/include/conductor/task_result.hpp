#pragma once

#include <conductor/raw_json.hpp>
#include <conductor/task.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <concepts>
#include <string>
#include <utility>

namespace conductor {

/** @brief How a handler's run ended: one of four outcomes, nothing else exists. */
class task_result {
public:
    /** @brief `completed` with no output. */
    task_result() = default;

    /** @brief Done; `output` becomes the task's output. */
    static task_result completed(boost::json::object output = {});
    /** @brief Done; `output`, which is not taken apart, becomes the task's output. Text that is no
     *  JSON object, see `check_object()`, ends the task with FAILED_WITH_TERMINAL_ERROR. */
    template <std::same_as<raw_json> Text>  // else `completed({…})` would be ambiguous
    static task_result completed(Text output) {
        task_result outcome;
        outcome.output_text_ = std::move(output.text);
        return outcome;
    }
    /** @brief Failed in a way that may pass: the server retries as the task definition says. */
    static task_result failed(std::string reason, boost::json::object output = {});
    /** @brief Failed for good: the server does not retry. */
    static task_result failed_for_good(std::string reason, boost::json::object output = {});
    /** @brief Not done yet: the task comes back after `delay`, then with
     *  `task_context::previous_output()` equal to `output`. */
    static task_result call_back_after(std::chrono::seconds delay, boost::json::object output = {});

    /** @brief Which outcome. */
    task_status status() const { return status_; }
    /** @brief Why it failed; empty otherwise. */
    std::string const& reason() const { return reason_; }
    /** @brief The output or progress; empty where the handler gave text. */
    boost::json::object const& output() const& { return output_; }
    /** @brief The output or progress, moved out. */
    boost::json::object output() && { return std::move(output_); }
    /** @brief The output where the handler gave text; empty otherwise. */
    std::string const& output_text() const& { return output_text_; }
    /** @brief The output's text, moved out. */
    std::string output_text() && { return std::move(output_text_); }
    /** @brief When to come back; zero unless `call_back_after`. */
    std::chrono::seconds delay() const { return delay_; }

    friend bool operator==(task_result const&, task_result const&) = default;

private:
    // Constructed, not assigned: a tree in memory of its own would be copied.
    explicit task_result(boost::json::object output) : output_(std::move(output)) {}

    task_status status_ = task_status::completed;
    std::string reason_;
    boost::json::object output_;
    std::string output_text_;
    std::chrono::seconds delay_{0};
};

}  // namespace conductor
