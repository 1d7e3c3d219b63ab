#pragma once

#include "endpoint.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief What stands in a request's path for each `{}` of a pattern below `/api`, decoded; none
 *  when the path does not match. */
std::optional<std::vector<std::string>> match_path(http_request const& request,
                                                   std::string_view pattern);

/** @brief Answers a request by the endpoint that it names. Takes the state's mutex. */
http_answer route(server_state& state, http_request const& request);

}  // namespace conductor::test
