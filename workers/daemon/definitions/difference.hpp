#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief One member that is not the same on the server as in a file. */
struct difference {
    /** @brief The member's JSON pointer. */
    std::string pointer;
    /** @brief What the server has, as JSON; "absent" for nothing. */
    std::string server;
    /** @brief What the file has, in the same way. */
    std::string file;

    friend bool operator==(difference const&, difference const&) = default;
};

/** @brief Compares a definition of a file with what the server has of it.
 *
 *  Only the members that the file has count, since a server adds its defaults to what it is given.
 *  Inside inputs and outputs, where it adds nothing, all members count. A null equals an absent
 *  member, and 1 equals 1.0. Literal keys and tokens are shown as "(hidden)".
 */
std::vector<difference> compare(boost::json::object const& file, boost::json::object const& server);

}  // namespace conductor::daemon
