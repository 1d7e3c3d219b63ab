#pragma once

#include "support/run_coroutine.hpp"

#include <conductor/conductor.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief A case of the conformance suite: our public clients, and names that no other case and no
 *  other run uses, since a real server keeps everything. */
class conformance_case : public ::testing::Test {
protected:
    conformance_case();

    /** @brief Holds what the case has sent to Orkes' published document. */
    void TearDown() override;

    /** @brief Runs a call of a client; a call that fails fails the case. */
    template <class T>
    T run(awaitable<result<T>> call) {
        auto outcome = attempt(std::move(call));
        if (outcome.has_error()) throw std::runtime_error{outcome.error().message()};
        if constexpr (!std::is_void_v<T>) return *std::move(outcome);
    }
    /** @brief Runs a call of a client. */
    template <class T>
    result<T> attempt(awaitable<result<T>> call) {
        return run_coroutine(loop_, std::move(call));
    }

    /** @brief A name of this case and this run. */
    std::string unique(std::string_view name) const;
    /** @brief Defines a task type without retries, with these members beside. */
    std::string define_task(std::string_view name, boost::json::object members = {});
    /** @brief Defines a workflow of these task types in sequence, with reference names `one`,
     *  `two`, `three`; each task's input is the workflow's input `in`. */
    std::string define_workflow(std::string_view name, std::vector<std::string> const& types);
    /** @brief Starts a workflow and gives its id. */
    std::string start(std::string const& workflow, boost::json::value in = nullptr);
    /** @brief Starts a new workflow of one task of this type, and gives its id. */
    std::string start_one(std::string const& type, boost::json::value in = nullptr);

    /** @brief Polls once. */
    std::vector<task> poll(std::string const& type, std::size_t count,
                           std::chrono::milliseconds wait = {});
    /** @brief Polls until a task has come. */
    task claim(std::string const& type);
    /** @brief A result of a task. */
    task_update report(task const& of, task_status status, boost::json::object output = {}) const;
    /** @brief Reads a workflow until it has this status, and gives it. */
    boost::json::object wait_for_workflow(std::string const& id, std::string_view status);

    bool keeps_to_the_api_ = true;
    std::size_t sent_before_ = 0;
    std::vector<std::string> calls_;
    boost::asio::io_context loop_;
    std::shared_ptr<rest_client> rest_;
    task_client tasks_;
    metadata_client metadata_;
    workflow_client workflows_;
    scheduler_client schedules_;
};

/** @brief Whether each of `members` is in `object` with the same value. */
::testing::AssertionResult contains(boost::json::object const& object,
                                    boost::json::object const& members);

}  // namespace conductor::test
