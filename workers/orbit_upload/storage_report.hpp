#pragma once

#include <orbit_upload/sink.hpp>

#include <string>
#include <vector>

namespace conductor::workers {

/** @brief The longest time that a sink on this machine waits for another that holds its file. */
inline constexpr std::chrono::milliseconds storage_patience_max{5000};

/** @brief What became of activities at a sink that says of each whether it is new. */
std::vector<delivery_report> storage_reports(std::vector<bool> const& created);

/** @brief What became of activities when their file or database cannot be used: none is stored. */
std::vector<delivery_report> storage_failure(std::string message, std::size_t activities);

}  // namespace conductor::workers
