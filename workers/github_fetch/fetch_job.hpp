#pragma once

#include <github_fetch/fetch_input.hpp>
#include <github_fetch/github_answer.hpp>

#include <conductor/error.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace conductor::workers::github {

/** @brief One request to GitHub. */
struct fetch_step {
    /** @brief The page of stars to ask for; none asks for the repository. */
    std::optional<std::int64_t> page{};

    friend bool operator==(fetch_step const&, fetch_step const&) = default;
};

/** @brief What has to be asked for a task, and what comes of it. Pure: it neither sends nor waits.
 *
 *  While `next()` gives a step, its answer goes to `take()`; then `output()` is the task's output.
 */
class fetch_job {
public:
    virtual ~fetch_job() = default;

    /** @brief The next request; none when the job is done. */
    virtual std::optional<fetch_step> next() const = 0;

    /** @brief Takes the answer to the step that `next()` gave.
     *  @par Errors  `errc::bad_response` when it is not what the call promises; `detail` begins
     *               with a JSON pointer into the body. */
    virtual result<void> take(github_answer const& answer) = 0;

    /** @brief Whether an answer has shown that the repository can be seen. */
    virtual bool has_seen_repository() const = 0;

    /** @brief What has come of the job so far.
     *  @param cut_short_by  Why it ends before it is done; empty when it does not. */
    virtual boost::json::object output(std::string_view cut_short_by) const = 0;

    /** @brief What a later claim of the task needs to go on from here. */
    virtual boost::json::object progress() const = 0;
};

/** @brief The job of a task.
 *  @param previous  The `progress()` that an earlier claim left; ignored where it makes no sense.
 */
std::unique_ptr<fetch_job> make_job(fetch_input const& input, boost::json::object const& previous);

}  // namespace conductor::workers::github
