#pragma once

#include <boost/json/object.hpp>

#include <cstddef>

namespace conductor::metrics {

/** @brief How many bytes an object has as JSON; the text itself is never made. */
std::size_t json_size(boost::json::object const& object);

}  // namespace conductor::metrics
