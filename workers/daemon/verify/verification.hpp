#pragma once

#include <daemon/commands/throttle.hpp>
#include <daemon/verify/advice.hpp>

#include <conductor/conductor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief Tries a server: writes definitions of a name that nobody else uses, runs a workflow of
 *  them with a worker of its own, writes a schedule, and removes it all, also after a failure or
 *  an interruption.
 *
 *  @par Threads  The runtime's. */
class verification {
public:
    /** @brief Where its lines go, and what it has to know. */
    struct options {
        /** @brief Name of all that is written. */
        std::string name;
        /** @brief Whether an access key is configured. */
        bool has_key = false;
        /** @brief How long the workflow may take. */
        std::chrono::seconds run_max{30};
        /** @brief Takes a line. */
        std::function<void(std::string const&)> say;
    };

    /** @brief Adds its worker to `serving`, which the caller then runs. */
    verification(runtime& serving, environment const& around, options settings);

    /** @brief Runs all steps; true when all were well and nothing is left on the server. */
    awaitable<bool> run();
    /** @brief Asks it to leave out the rest of the steps, and to clean up. */
    void interrupt();

private:
    using step_function = awaitable<result<std::string>> (verification::*)();
    struct written_thing {
        std::string what;
        std::string path;
        std::vector<std::string> arguments;
    };

    awaitable<bool> perform(verify_step step, step_function body);
    awaitable<result<std::string>> attempt(step_function body);
    awaitable<result<std::string>> ask_for_token();
    awaitable<result<std::string>> define();
    awaitable<result<std::string>> run_workflow();
    awaitable<result<std::string>> see_offers();
    awaitable<result<std::string>> schedule();
    awaitable<result<std::string>> clean_up();
    awaitable<result<void>> expect_paused(bool paused);
    awaitable<std::optional<failure>> remove(written_thing const& thing);
    void will_write(std::string what, std::string path, std::vector<std::string> arguments);
    failure not_written(std::string_view what, failure error);

    runtime& serving_;
    options settings_;
    std::shared_ptr<rest_client> rest_;
    std::shared_ptr<clock> clock_;
    std::unique_ptr<timer> timer_;
    throttled_wait waits_;
    std::vector<written_thing> written_;
    std::string workflow_id_;
    bool interrupted_ = false;
    bool is_cleaning_ = false;
};

}  // namespace conductor::daemon
