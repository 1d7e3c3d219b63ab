#pragma once

#include "span.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace conductor::tracing {

/** @brief Attributes of the process that made spans. */
using resource_attributes = std::vector<std::pair<std::string, std::string>>;

/** @brief The body of an export request: ids in hexadecimal digits, 64-bit numbers as texts, and
 *  enumerators as numbers.
 *  @par Source  OpenTelemetry protocol, "JSON Protobuf Encoding". */
std::string to_otlp_json(resource_attributes const& resource, std::span<span const> spans);

}  // namespace conductor::tracing
