#pragma once

#include "span.hpp"

#include <conductor/environment.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace conductor::tracing {

/** @brief Spans that wait to be sent, and when the next of them go. */
class span_queue {
public:
    /** @brief How many may wait and for how long. */
    struct limits {
        /** @brief Spans that wait. */
        std::size_t queue_max;
        /** @brief Spans that go together. */
        std::size_t batch_max;
        /** @brief The first of a batch waits no longer. */
        std::chrono::milliseconds delay;
    };

    /** @brief An empty one. */
    explicit span_queue(limits within) : within_(within) {}

    /** @brief Adds a span.
     *  @return False when there was no room, and it is dropped. */
    bool add(span one, time_point now);
    /** @brief When the next batch goes: at once when it is whole; none while there is nothing. */
    std::optional<time_point> due() const;
    /** @brief Takes the next batch, whole or not. */
    std::vector<span> take();
    /** @brief Lets what there is go at once. */
    void hurry(time_point now);
    /** @brief How many wait. */
    std::size_t size() const { return waiting_.size(); }

private:
    struct entry {
        span what;
        time_point since;
    };

    limits within_;
    std::deque<entry> waiting_;
};

}  // namespace conductor::tracing
