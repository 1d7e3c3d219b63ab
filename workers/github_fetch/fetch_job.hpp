#pragma once

#include <github_fetch/fetch_input.hpp>
#include <github_fetch/fetch_step.hpp>
#include <github_fetch/github_answer.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace conductor::workers::github {

/** @brief What has to be asked for a task, and what comes of it. Pure: it neither sends nor waits.
 *
 *  While `next()` gives steps, the answer to the first goes to `take()`, or its refusal to
 *  `refuse()`; then `output()` is the task's output.
 */
class fetch_job {
public:
    virtual ~fetch_job() = default;

    /** @brief The next requests; none when the job is done.
     *
     *  Their answers are to be taken in this order. Those behind the first may be sent at once with
     *  it: they are needed whatever the first brings. */
    virtual std::vector<fetch_step> next() const = 0;

    /** @brief Takes the answer to the first step of `next()`.
     *  @param step  That step.
     *  @par Errors  GH_BAD_BODY when it is not what the call promises, the message begins with a
     *               JSON pointer into the body; GH_PAGINATION_LIMIT when the newest rows lie out of
     *               reach. They go to `refuse()` like a refusal. */
    virtual outcome<void> take(fetch_step const& step, github_answer const& answer) = 0;

    /** @brief Takes a refusal of the first step of `next()`.
     *  @return What the task ends with; none when the job goes on in another way. */
    virtual std::optional<fault> refuse(fault why) { return why; }

    /** @brief Whether an answer has shown that the repository can be seen. */
    virtual bool has_seen_repository() const = 0;

    /** @brief Whether the job may end here with what it has. */
    virtual bool can_be_cut() const { return false; }

    /** @brief What has come of the job so far.
     *  @param cut_short_by  Why it ends before it is done; empty when it does not. */
    virtual boost::json::object output(std::string_view cut_short_by) const = 0;

    /** @brief What a later claim of the task needs to go on from here. */
    virtual boost::json::object progress() const { return {}; }

    /** @brief Where the rows come from. */
    virtual fetch_source source() const { return fetch_source::rest; }
};

/** @brief The job of a task.
 *  @param previous  The `progress()` that an earlier claim left; ignored where it makes no sense.
 */
std::unique_ptr<fetch_job> make_job(fetch_input const& input, boost::json::object const& previous);

}  // namespace conductor::workers::github
