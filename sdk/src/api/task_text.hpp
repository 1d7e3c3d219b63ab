#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace conductor::detail {

/** @brief The text of a task from which members were left out, read when somebody asks.
 *  @par Threads  Any. */
class task_text {
public:
    /** @brief `text` lies within `body`, and is known to be a JSON object. `input` is its
     *  `inputData`, an object too, or empty when that was not left out. */
    task_text(std::shared_ptr<std::string const> body, std::string_view text,
              std::string_view input)
        : body_(std::move(body)), text_(text), input_text_(input) {}

    /** @brief The whole object. */
    boost::json::object const& document() const;
    /** @brief The text of `inputData`; empty when it was not left out. */
    std::string_view input_text() const { return input_text_; }
    /** @brief `inputData`; an empty object when it was not left out. */
    boost::json::value const& input() const;
    /** @brief Whether a member of this name was left out: all are that `task` has no accessor for.
     *  The input may be left out besides. */
    static bool leaves_out(std::string_view name);

private:
    std::shared_ptr<std::string const> body_;
    std::string_view text_;
    std::string_view input_text_;
    mutable std::once_flag document_once_;
    mutable boost::json::object document_;
    mutable std::once_flag input_once_;
    mutable boost::json::value input_;
};

}  // namespace conductor::detail
