#pragma once

#include <conductor/task_result.hpp>

#include <exception>

namespace conductor::detail {

// What becomes of a task whose handler has thrown.
task_result thrown_outcome(std::exception_ptr const& thrown);

}  // namespace conductor::detail
