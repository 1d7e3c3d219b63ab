#pragma once

#include "unit/workers/daemon/command_case.hpp"

#include <string>

namespace conductor::test {

/** @brief A command of the daemon against a server of the test's. */
struct server_case : command_case {
    /** @brief A command without configuration file, at this server. */
    explicit server_case(std::string url) { world.server.server_url = std::move(url); }
};

}  // namespace conductor::test
