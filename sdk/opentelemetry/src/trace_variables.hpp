#pragma once

#include <conductor/opentelemetry.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::tracing {

/** @brief Gives an environment variable's value; none when it is unset or empty. */
using read_variable = std::function<std::optional<std::string>(std::string const& name)>;

/** @brief Reads OpenTelemetry's variables; see `opentelemetry_options::from_environment()`.
 *  @throws config_error naming the variable, never its value. */
std::optional<opentelemetry_options> read_options(read_variable const& read);

/** @brief Reads `key=value,key=value`, with values percent-encoded.
 *  @return None when it has another form.
 *  @par Source  W3C Baggage, as OpenTelemetry's variables use it. */
std::optional<std::vector<std::pair<std::string, std::string>>> read_pairs(std::string_view text);

}  // namespace conductor::tracing
