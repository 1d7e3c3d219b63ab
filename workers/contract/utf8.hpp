#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace conductor::workers {

/** @brief One character of a UTF-8 text, or one byte that belongs to none. */
struct utf8_character {
    /** @brief The code point, or the byte. */
    std::uint32_t code = 0;
    /** @brief How many bytes of the text it takes. */
    std::size_t bytes = 1;
    /** @brief Whether it is a character. */
    bool valid = false;
};

/** @brief The first character of a text; surrogates and overlong forms are none.
 *  @param text  Not empty. */
utf8_character first_character(std::string_view text);

/** @brief Whether a character is a control, a line separator, or changes the direction of writing:
 *  where it is shown as it is, it can make the text around it look like another one. */
bool changes_the_line(std::uint32_t code);

}  // namespace conductor::workers
