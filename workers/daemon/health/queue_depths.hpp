#pragma once

#include <conductor/environment.hpp>
#include <conductor/task_client.hpp>
#include <conductor/worker.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief How many tasks wait at the server for each task type that the daemon serves, as learnt
 *  last: what an autoscaler goes by.
 *  @par Threads  The runtime's thread. */
class queue_depths {
public:
    /** @brief Of these workers' queues. */
    explicit queue_depths(std::vector<worker> const& all);

    /** @brief By task type; empty before the first answer, and while the server gives none: a
     *  number of yesterday would scale wrongly. */
    std::map<std::string, std::int64_t> const& latest() const { return latest_; }
    /** @brief What to ask the server for. */
    std::vector<std::string> queues() const;
    /** @brief Takes its answer. */
    void learn(result<std::map<std::string, std::int64_t>> const& sizes);

private:
    std::map<std::string, std::string> type_of_queue_;
    std::map<std::string, std::int64_t> latest_;
};

/** @brief Asks the server now and then every so often, on `executor` until its loop ends. */
void start_learning(boost::asio::any_io_executor executor, std::shared_ptr<queue_depths> depths,
                    std::shared_ptr<task_client> server, std::chrono::seconds every);

}  // namespace conductor::daemon
