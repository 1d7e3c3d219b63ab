#pragma once

#include "api/known_values.hpp"

#include <conductor/task.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace conductor::api {

/** @brief Reads tasks from an answer without building what hardly any worker looks at.
 *
 *  Most of a task's text is its definition, twice, and counters of the server's. Members for which
 *  `task` has no accessor are checked and skipped; `task::document()` reads them when somebody
 *  asks. The others are built as a parser would.
 *
 *  None means that the text is not of the plain kind, or that a task lacks its id: then the usual
 *  parser decides.
 */
class task_reader {
public:
    /** @brief For the body of an answer, which the tasks keep.
     *  @param known  What earlier answers held; outlives the reader. */
    task_reader(std::shared_ptr<std::string const> body, known_values& known)
        : body_(std::move(body)), known_(known) {}

    /** @brief The body as one task. */
    std::optional<task> read_task() const;
    /** @brief The body as a list of tasks. */
    std::optional<std::vector<task>> read_tasks() const;

private:
    std::shared_ptr<std::string const> body_;
    known_values& known_;
};

}  // namespace conductor::api
