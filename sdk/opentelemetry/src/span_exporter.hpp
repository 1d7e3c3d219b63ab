#pragma once

#include "export_answer.hpp"
#include "span_queue.hpp"

#include <conductor/opentelemetry.hpp>

#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace conductor::tracing {

/** @brief Sends spans in batches, on a thread of its own.
 *  @par Threads  Any. */
class span_exporter {
public:
    /** @brief Starts the thread.
     *  @throws config_error when the options cannot be used. */
    explicit span_exporter(opentelemetry_options options);
    span_exporter(span_exporter const&) = delete;
    span_exporter& operator=(span_exporter const&) = delete;
    /** @brief Sends what is left, for `stop_limit` at the most. */
    ~span_exporter();

    /** @brief Adds spans; those for which there is no room are dropped. */
    void add(std::vector<span> ended);
    /** @brief See `opentelemetry_traces::flush()`. */
    bool flush(std::chrono::milliseconds limit);
    /** @brief See `opentelemetry_traces::counts()`. */
    trace_counts counts() const;

private:
    awaitable<void> run();
    awaitable<void> deliver(std::vector<span> batch);
    awaitable<export_answer> send(std::string const& body);
    std::vector<span> next_batch();
    time_point next_due() const;
    void note(export_answer const& answer, std::size_t spans);
    void drop(std::size_t spans);
    void settle();
    void wake(timer* const& waiting);

    opentelemetry_options options_;
    boost::asio::io_context loop_{1};
    http::client client_;
    // The coroutine's own, so that they end with it and before the loop.
    timer* next_ = nullptr;   // until a batch is due
    timer* pause_ = nullptr;  // until a batch is sent again

    mutable std::mutex mutex_;
    std::condition_variable settled_;
    span_queue queue_;
    trace_counts counts_;
    std::size_t under_way_ = 0;

    std::thread thread_;
};

}  // namespace conductor::tracing
