#pragma once

#include <contract/time_budget.hpp>
#include <github_fetch/api_access.hpp>
#include <github_fetch/fetch_input.hpp>
#include <github_fetch/fetch_job.hpp>
#include <github_fetch/github_answer.hpp>

#include <conductor/environment.hpp>
#include <conductor/http/client.hpp>
#include <conductor/task_context.hpp>
#include <conductor/task_result.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace conductor::workers::github {

/** @brief What all tasks of the worker share. */
struct fetch_service {
    /** @brief Whom to talk to. */
    api_access access;
    /** @brief Sends the requests. */
    std::shared_ptr<http::client> client;
    /** @brief Time. */
    std::shared_ptr<conductor::clock> clock;
    /** @brief The most that one request may take. */
    std::chrono::milliseconds request_timeout;
};

/** @brief One claim of a `github_fetch` task, from what an earlier claim has read to its result.
 *
 *  Up to four requests are under way at once where the job needs them all; their answers are taken
 *  in the job's order, whatever the order in which they come.
 *  @par Threads  The runtime's thread.
 */
class fetch_run {
public:
    /** @brief The service and the context must outlive the run. */
    fetch_run(fetch_service const& service, fetch_input input, task_context& context);

    /** @brief Asks GitHub until the job is done or has to be given back. */
    awaitable<task_result> run();

private:
    // A request under way, or its answer.
    struct flight {
        fetch_step step;
        bool has_landed = false;
        verdict answer{};
        std::exception_ptr failed{};

        static fetch_step const& step_of(std::shared_ptr<flight> const& one) { return one->step; }
    };
    // Notes the end of a flight.
    struct landing {
        fetch_run* run;
        std::shared_ptr<flight> whose;

        void operator()(std::exception_ptr failed, verdict answer) const;
    };

    awaitable<task_result> work();
    awaitable<std::optional<task_result>> advance(fetch_step step);
    awaitable<void> land(std::shared_ptr<flight> one);
    void launch(std::vector<fetch_step> const& steps, boost::asio::any_io_executor const& executor);
    bool may_launch() const;

    awaitable<verdict> ask(fetch_step step);
    awaitable<verdict> send(fetch_step step);
    awaitable<verdict> make_sense_of(fetch_step step, fault refusal);
    awaitable<std::optional<task_result>> wait(rate_limit limit);
    std::optional<task_result> refuse(fault why);
    std::optional<task_result> end_of_claim() const;
    task_result end(fault why) const;
    task_result give_back() const;

    std::chrono::milliseconds reading_time() const;
    instant wall() const;
    void note_quota(http::headers const& headers);
    boost::json::object with_counts(boost::json::object output) const;
    boost::json::object progress() const;

    fetch_service const& service_;
    fetch_input const input_;
    task_context& context_;
    std::unique_ptr<fetch_job> job_;
    time_point const started_;
    time_budget const budget_;
    // Where a redirect has shown the repository to be.
    std::string repository_url_;
    std::int64_t requests_ = 0;
    // Answers in a row that asked to wait, those of earlier claims included.
    int limits_ = 0;
    std::chrono::milliseconds earlier_reading_{0};
    std::optional<std::int64_t> quota_remaining_;
    std::optional<std::int64_t> quota_reset_;
    // In the order in which their answers are to be taken.
    std::deque<std::shared_ptr<flight>> flights_;
    std::size_t in_the_air_ = 0;
    std::unique_ptr<timer> landed_;
    // Ends what is under way: with the task's stop, and when the run is over.
    std::stop_source abandon_;
    std::stop_callback<std::function<void()>> on_stop_;
};

}  // namespace conductor::workers::github
