#pragma once

#include <conductor/backoff.hpp>
#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <chrono>
#include <optional>

namespace conductor::runtime_detail {

/** @brief Spares a server that fails: after some failures in a row, of whatever task types, nobody
 *  polls for a while; then one poll tries, and its answer decides.
 *
 *  Only failures of the server as a whole count (not reached, 429, 503): a call that fails for one
 *  task type alone never slows another.
 */
class circuit {
public:
    /** @brief Opens after so many failures in a row, for growing times. */
    circuit(unsigned failures_max, backoff_options waits);

    /** @brief A call failed.
     *  @return For how long the circuit is open from now on; none when it stays as it is. */
    std::optional<std::chrono::milliseconds> failed(failure const& error, time_point now,
                                                    double chance);
    /** @brief A call was answered. True when this closed the circuit. */
    bool answered();
    /** @brief Whether nobody may poll now; false lets one poll try. */
    bool blocks(time_point now) const { return open_ && now < open_until_; }
    /** @brief Whether the circuit is open: at most one poll at a time. */
    bool is_open() const { return open_; }
    /** @brief When one poll may try again; only meaningful while it is open. */
    time_point open_until() const { return open_until_; }

private:
    unsigned failures_max_;
    backoff_options waits_;
    unsigned failures_ = 0;
    unsigned openings_ = 0;
    bool open_ = false;
    time_point open_until_{};
};

}  // namespace conductor::runtime_detail
