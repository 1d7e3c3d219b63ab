#pragma once

#include <contract/instant.hpp>

#include <conductor/error.hpp>
#include <conductor/task_result.hpp>

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief A stable code that a failed task's reason begins with.
 *
 *  Whether the server should retry belongs to the code, so that no caller can decide it anew.
 */
struct fault_code {
    /** @brief The code as it is written, e.g. `GH_NETWORK`. */
    std::string_view text;
    /** @brief Retrying cannot help: the task ends as FAILED_WITH_TERMINAL_ERROR. */
    bool terminal = false;

    friend bool operator==(fault_code const&, fault_code const&) = default;
};

/** @brief The codes of all three tasks. */
namespace codes {

/** @brief The task's input cannot be used; the message begins with the member's JSON pointer. */
inline constexpr fault_code bad_input{"BAD_INPUT", true};

/** @brief GitHub was not reached, or gave no answer in time. */
inline constexpr fault_code gh_network{"GH_NETWORK"};
/** @brief GitHub answered 5xx. */
inline constexpr fault_code gh_upstream{"GH_UPSTREAM"};
/** @brief GitHub's answer broke off, or is not the JSON that the call promises. */
inline constexpr fault_code gh_bad_body{"GH_BAD_BODY"};
/** @brief A rate limit asks for a longer wait than the input allows. */
inline constexpr fault_code gh_rate_limited{"GH_RATE_LIMITED"};
/** @brief The token is missing, wrong, or may not see the repository. */
inline constexpr fault_code gh_bad_credentials{"GH_BAD_CREDENTIALS", true};
/** @brief The repository does not exist, or the token may not know that it does. */
inline constexpr fault_code gh_not_found{"GH_NOT_FOUND", true};
/** @brief The repository is there, but its stargazers are shown to its own people only. */
inline constexpr fault_code gh_stargazers_restricted{"GH_STARGAZERS_RESTRICTED", true};
/** @brief The repository is blocked for legal reasons (451). */
inline constexpr fault_code gh_unavailable_legal{"GH_UNAVAILABLE_LEGAL", true};
/** @brief GitHub lists 400 pages at most; what was asked for lies beyond. */
inline constexpr fault_code gh_pagination_limit{"GH_PAGINATION_LIMIT", true};
/** @brief A redirect leads in a circle, nowhere, or to a host that is not allowed. */
inline constexpr fault_code gh_redirect{"GH_REDIRECT", true};

/** @brief The sink was not reached, or its answer broke off. */
inline constexpr fault_code sink_network{"SINK_NETWORK"};
/** @brief The sink answered 5xx. */
inline constexpr fault_code sink_upstream{"SINK_UPSTREAM"};
/** @brief The sink's limit asks for a longer wait than the input allows. */
inline constexpr fault_code sink_rate_limited{"SINK_RATE_LIMITED"};
/** @brief The sink refuses the key. */
inline constexpr fault_code sink_bad_credentials{"SINK_BAD_CREDENTIALS", true};
/** @brief The sink has no such workspace. */
inline constexpr fault_code sink_not_found{"SINK_NOT_FOUND", true};
/** @brief The sink refuses the activities themselves. */
inline constexpr fault_code sink_rejected{"SINK_REJECTED", true};
/** @brief What answers at the sink's address is no longer the sink. */
inline constexpr fault_code sink_gone{"SINK_GONE", true};
/** @brief The sink redirects. */
inline constexpr fault_code sink_redirect{"SINK_REDIRECT", true};
/** @brief The file or database of a sink cannot be read or written now. */
inline constexpr fault_code sink_storage{"SINK_STORAGE"};

}  // namespace codes

/** @brief Why a task cannot be done, or not now. Holds no secret. */
struct fault {
    /** @brief The stable code. */
    fault_code code;
    /** @brief What happened, for people. */
    std::string message{};
    /** @brief The status of the answer that showed it. */
    std::optional<int> http_status{};
    /** @brief When it may work again. */
    std::optional<instant> retry_at{};

    friend bool operator==(fault const&, fault const&) = default;
};

/** @brief A value, or why there is none. */
template <class T>
using outcome = boost::system::result<T, fault>;

/** @brief Throws `std::runtime_error`; called by `outcome::value()` without a value. */
[[noreturn]] void throw_exception_from_error(fault const& error, boost::source_location const&);

/** @brief `{code, http_status, message, retry_at?}`; an unknown status is null. */
boost::json::object error_json(fault const& error);

/** @brief Ends a task without success: FAILED, or FAILED_WITH_TERMINAL_ERROR, as the code says.
 *
 *  The reason reads `CODE: message`; the output is `output` with `error` added.
 */
task_result fail(fault const& error, boost::json::object output = {});

/** @brief Gives a task back to go on later: IN_PROGRESS with `callbackAfterSeconds`.
 *
 *  @param why       Told in the output's `waiting`, in the form of `error`.
 *  @param delay     Less than a second counts as one second.
 *  @param progress  Becomes `task_context::previous_output()` of the next run.
 */
task_result hand_back(fault const& why, std::chrono::seconds delay, boost::json::object progress);

}  // namespace conductor::workers
