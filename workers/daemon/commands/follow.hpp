#pragma once

#include <daemon/commands/workflow_progress.hpp>
#include <daemon/log/outage.hpp>

#include <conductor/environment.hpp>
#include <conductor/workflow_client.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace conductor::daemon {

/** @brief Where the lines about a workflow go. */
struct follow_output {
    /** @brief Takes a line about progress. */
    std::function<void(std::string const&)> progress;
    /** @brief Takes a line about trouble with the server. */
    std::function<void(std::string const&)> trouble;
};

/** @brief Watches one workflow to its end.
 *
 *  A server that is away for a while is waited for, and spoken of once a minute. While much
 *  happens it looks often, else once a second.
 */
class follower {
public:
    /** @brief Looks through `rest`, waits on `clock`. */
    follower(std::shared_ptr<rest_client> rest, std::shared_ptr<clock> clock,
             boost::asio::any_io_executor executor, follow_output output);

    /** @brief Watches until the end.
     *  @par Errors  What does not pass by itself, such as a workflow that does not exist, or one
     *  that may not be read. An access key that gets no token is waited for: somebody may have
     *  paused it. */
    awaitable<result<workflow_end>> follow(std::string workflow_id);

private:
    std::optional<workflow_end> take(boost::json::object const& workflow);
    bool may_pass(failure const& error) const;
    void speak_of(failure const& error);

    std::shared_ptr<rest_client> rest_;
    workflow_client workflows_;
    std::shared_ptr<clock> clock_;
    std::unique_ptr<timer> timer_;
    follow_output output_;
    workflow_progress progress_;
    outage outage_;
    std::chrono::milliseconds interval_;
};

}  // namespace conductor::daemon
