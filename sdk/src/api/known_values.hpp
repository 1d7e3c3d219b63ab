#pragma once

#include "api/plain_json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace conductor::api {

/** @brief Values that have been checked, to step over where they stand again byte by byte.
 *
 *  Each task of a type brings its definition, twice, and always the same: comparing is a tenth of
 *  the work of checking it. A value that ends with its own brace cannot go on behind the bytes that
 *  are the same, so these are all of it.
 *  @par Threads  One. */
class known_values {
public:
    /** @brief Steps over an object that stands here as it stood before. */
    bool skip(plain_json& cursor);
    /** @brief Keeps an object that was checked, in place of the one unseen for longest; not one
     *  that is too short to be worth it, or too long to be kept. */
    void remember(std::string_view object);

private:
    std::vector<std::string> values_;  // the one seen last comes first
};

}  // namespace conductor::api
