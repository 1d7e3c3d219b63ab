#pragma once

#include <daemon/health/admin_request.hpp>
#include <daemon/health/health_state.hpp>

#include <string_view>

namespace conductor::daemon {

/** @brief A state of the access token, for people. */
std::string_view name_of(token_state token);

/** @brief Answers a request: `/health/live` and `/health/ready` by 200 or 503 and the reasons in
 *  JSON, everything else by 404. */
admin_answer answer_health(admin_request const& request, health_state const& state);

}  // namespace conductor::daemon
