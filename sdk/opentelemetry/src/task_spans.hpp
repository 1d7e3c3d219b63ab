#pragma once

#include "span.hpp"

#include <conductor/environment.hpp>
#include <conductor/observer.hpp>
#include <conductor/opentelemetry.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::tracing {

/** @brief Makes spans of a runtime's events.
 *
 *  A task's span lasts from the poll that brought it until its result was taken; polls, runs and
 *  reports are spans below it. Those come out as they end, the task's own comes last.
 */
class task_spans {
public:
    /** @brief Makes spans for a part of the tasks.
     *  @param open_max  Tasks whose result is still to come; beyond it tasks are not traced. */
    task_spans(trace_sampling sampling, std::shared_ptr<random_source> chance,
               std::size_t open_max = 10'000);

    /** @brief Tells of an event.
     *  @return The spans that ended with it. */
    std::vector<span> take(runtime_event const& event, std::chrono::system_clock::time_point now);

    /** @brief Tasks that are traced at present. */
    std::size_t open() const { return open_.size(); }

private:
    friend struct span_maker;

    /** @brief A task whose result is still to come. */
    struct open_task {
        span whole;
        bool was_cancelled = false;
    };

    bool is_sampled(std::optional<trace_context> const& parent);
    std::optional<span> begin(task const& claimed);
    open_task* find(std::string_view task_id);
    span part_of(span const& whole, std::string_view operation);
    void draw(std::span<std::uint8_t> bytes);

    trace_sampling sampling_;
    std::shared_ptr<random_source> chance_;
    std::size_t open_max_;
    std::map<std::string, open_task, std::less<>> open_;
};

}  // namespace conductor::tracing
