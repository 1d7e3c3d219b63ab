#pragma once

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief Turns what the server says of a running workflow, again and again, into lines about what
 *  has changed since the last time. Pure; safe to show whatever the server says. */
class workflow_progress {
public:
    /** @brief One line for each task whose state is another one than before.
     *  @param workflow  The execution with its tasks, as the server's JSON object. */
    std::vector<std::string> next(boost::json::object const& workflow);

private:
    std::map<std::string, std::string, std::less<>> states_;
};

/** @brief How a workflow ended. */
struct workflow_end {
    /** @brief Whether it was COMPLETED. */
    bool completed = false;
    /** @brief The state, its reason and how long it took, in one line. */
    std::string text{};

    friend bool operator==(workflow_end const&, workflow_end const&) = default;
};

/** @brief How a workflow ended; none while it runs or is paused. */
std::optional<workflow_end> end_of(boost::json::object const& workflow);

}  // namespace conductor::daemon
