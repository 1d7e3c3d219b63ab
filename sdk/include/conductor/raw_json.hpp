#pragma once

#include <conductor/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace conductor {

/** @brief A JSON object as text.
 *
 *  As a handler's input it is `inputData` as the server sent it, which the SDK has checked and not
 *  read; as its output it is checked again and sent as it is. It is for handlers that use a JSON
 *  library of their own or pass JSON on, and it spares a large payload being taken apart and put
 *  together again.
 */
struct raw_json {
    /** @brief The text, from brace to brace; as an output nothing at all counts as `{}`. */
    std::string text;

    friend bool operator==(raw_json const&, raw_json const&) = default;
};

/** @brief Whether a text is one JSON object (RFC 8259, in UTF-8, blanks around it allowed).
 *  @param depth_max  So deep may objects and lists be nested.
 *  @par Errors  `errc::bad_value`; the detail says what is wrong, and at which byte. */
result<void> check_object(std::string_view text, std::size_t depth_max = 200);

}  // namespace conductor
