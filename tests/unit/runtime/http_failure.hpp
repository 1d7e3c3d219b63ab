#pragma once

#include <conductor/error.hpp>

namespace conductor::test {

/** @brief A call that the server answered with an error status. */
inline failure http_failure(int status) {
    return {.code = make_http_error(status), .may_have_arrived = true};
}

}  // namespace conductor::test
