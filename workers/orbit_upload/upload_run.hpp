#pragma once

#include <contract/instant.hpp>
#include <contract/secret_access.hpp>
#include <contract/time_budget.hpp>
#include <orbit_upload/pacer.hpp>
#include <orbit_upload/sink.hpp>
#include <orbit_upload/upload_progress.hpp>
#include <orbit_upload/upload_request.hpp>

#include <conductor/task_context.hpp>
#include <conductor/task_result.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief A configured sink, and what all tasks that use it share. */
struct upload_target {
    /** @brief The name that inputs use. */
    std::string name;
    /** @brief Where the activities go. */
    std::unique_ptr<workers::sink> sink;
    /** @brief Which keys may go there. */
    secret_access secrets;
    /** @brief Spaces the requests of all tasks. */
    workers::pacer pacer{};
};

/** @brief One claim of an `orbit_upload` task, from its progress so far to its result.
 *
 *  @par Threads  The runtime's thread.
 */
class upload_run {
public:
    /** @brief Takes up where `context.previous_output()` left off. The target and the context must
     *  outlive the run.
     *  @param request  Its key is the one to send, no longer a name. */
    upload_run(upload_target& target, upload_request request, task_context& context,
               std::shared_ptr<clock> clock);

    /** @brief Sends what is left, as far as it goes. */
    awaitable<task_result> send_all();

private:
    awaitable<pace_turn> wait_for_turn(timer& timer);
    delivery next_delivery() const;
    awaitable<upload_step> send_next();
    task_result give_back(std::string_view why);
    fault waiting_for() const;
    task_result hand_back_until(time_point at);
    task_result end(upload_step step);
    task_result conclude();
    void log_quarter(std::size_t before);
    boost::json::object output() const;
    instant wall() const;

    upload_target& target_;
    upload_request request_;
    task_context& context_;
    std::shared_ptr<clock> clock_;
    upload_progress progress_;
    time_budget budget_;
    std::optional<fault> limit_;
};

/** @brief The result of a task that sends nothing: a dry run, or one without activities.
 *  @param sink  Name of the sink that it would have used; may be empty. */
task_result upload_nothing(upload_request const& request, std::string const& sink,
                           task_context& context);

}  // namespace conductor::workers
