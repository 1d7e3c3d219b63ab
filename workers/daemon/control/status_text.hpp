#pragma once

#include <daemon/control/status_facts.hpp>

#include <string>

namespace conductor::daemon {

/** @brief The facts for a terminal: some lines about the daemon, a table of the task types, and a
 *  line for each task that failed.
 *
 *  Control characters of any text come out escaped, whoever gave the facts.
 *  @param colours  Whether it may use the terminal's colours; without them it is plain text. */
std::string status_text(status_facts const& facts, bool colours);

}  // namespace conductor::daemon
