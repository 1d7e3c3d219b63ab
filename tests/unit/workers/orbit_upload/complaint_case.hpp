#pragma once

#include <ostream>
#include <string>

namespace conductor::workers {

/** @brief An input, and the JSON pointer of the member that its complaint names. */
struct complaint_case {
    std::string name;
    std::string input;
    std::string pointer;
};

/** @brief How GoogleTest names a case. */
inline void PrintTo(complaint_case const& one, std::ostream* out) { *out << one.name; }

}  // namespace conductor::workers
