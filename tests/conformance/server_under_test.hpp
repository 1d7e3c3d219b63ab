#pragma once

#include "fakes/fake_conductor.hpp"

#include <string>

namespace conductor::test {

/** @brief Base address of the server that the suite judges: the one that CONDUCTOR_CONFORMANCE_URL
 *  names, else a `fake_conductor` that lives as long as the program. */
std::string const& server_under_test();

/** @brief That `fake_conductor`; none when the suite judges another server. */
fake_conductor* fake_under_test();

}  // namespace conductor::test
