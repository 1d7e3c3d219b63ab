#pragma once

#include <boost/json/object.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace conductor::detail {

/** @brief The text of a task from which members were left out, read whole when somebody asks.
 *  @par Threads  Any. */
class task_text {
public:
    /** @brief `text` lies within `body`, and is known to be a JSON object. */
    task_text(std::shared_ptr<std::string const> body, std::string_view text)
        : body_(std::move(body)), text_(text) {}

    /** @brief The whole object. */
    boost::json::object const& document() const;
    /** @brief Whether a member of this name was left out: all are that `task` has no accessor for.
     */
    static bool leaves_out(std::string_view name);

private:
    std::shared_ptr<std::string const> body_;
    std::string_view text_;
    mutable std::once_flag once_;
    mutable boost::json::object document_;
};

}  // namespace conductor::detail
