#pragma once

#include <conductor/error.hpp>

#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief The detail of the failure of a run that goes on for too long. */
inline constexpr std::string_view not_handed_out = "the workflow's task was not handed out";

/** @brief The steps in which a server is tried, in order. */
enum class verify_step {
    /** @brief The server is there, and takes the access key. */
    token,
    /** @brief Task definition and workflow are written and read. */
    define,
    /** @brief A workflow runs, its task polled and reported here. */
    run,
    /** @brief What else the server offers. */
    offers,
    /** @brief A schedule is written, resumed, paused. */
    schedule,
    /** @brief All of it is removed. */
    clean_up,
};

/** @brief A step's name. */
std::string_view to_string(verify_step step);

/** @brief What whoever reads it can do about a step that failed.
 *  @param has_key  Whether an access key is configured. */
std::string_view advice(verify_step step, failure const& error, bool has_key);

}  // namespace conductor::daemon
