#pragma once

#include <conductor/error.hpp>
#include <conductor/task.hpp>

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace conductor::runtime_detail {

/** @brief Writes a task's output as JSON.
 *  @return `errc::bad_value` for an output that the server could not read: nested too deep, or with
 *  text that is not UTF-8; the detail says which, and where. `std::errc::message_size` for one of
 *  more than `bytes_max` bytes. */
result<std::string> write_output(boost::json::object const& output, std::size_t bytes_max);

/** @brief Sees to it that `update.output_text` can be sent: what a handler gave as text is checked,
 *  anything else written.
 *  @return As of `write_output` for an object; `output_text` is then as it was. */
result<void> write_output(task_update& update, std::size_t bytes_max);

/** @brief A text with each byte that is not UTF-8 replaced by a question mark. */
std::string as_utf8(std::string text);

}  // namespace conductor::runtime_detail
