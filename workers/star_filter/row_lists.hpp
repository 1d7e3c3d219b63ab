#pragma once

#include <conductor/error.hpp>

#include <boost/json/value.hpp>

#include <string_view>
#include <vector>

namespace conductor::workers {

/** @brief The rows in a task input, in their order, wherever the workflow put them.
 *
 *  Accepted, in any nesting:
 *  - a list of rows, or a list of lists of rows;
 *  - the output of a task that has such a list as `resultList` (JSON_JQ_TRANSFORM), `result`
 *    (INLINE) or `stargazers`, `forks` or `contributors` (`github_fetch`), or a list of such
 *    outputs;
 *  - the output of a DO_WHILE, `{"1": {"task_ref": {…output…}, …}, "iteration": 1}`, taken in the
 *    order of its iterations. One that ran no iteration has no rows.
 *
 *  Where several tasks of an iteration, or several members of an output, hold a list, the first
 *  name of the above counts: what a transformation made comes before what it was made of, so that
 *  no row is found twice. A list that is null has no rows.
 *
 *  A list element that is neither a list nor a task output is a row, sound or not.
 *  @param pointer  JSON pointer of `lists`, for complaints.
 *  @return Pointers into `lists`.
 *  @par Errors  `errc::bad_value`; `detail` begins with the JSON pointer of what holds no rows.
 */
result<std::vector<boost::json::value const*>> find_rows(boost::json::value const& lists,
                                                         std::string_view pointer);

}  // namespace conductor::workers
