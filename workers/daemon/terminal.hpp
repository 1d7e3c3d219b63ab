#pragma once

namespace conductor::daemon {

/** @brief Whether to print in colour: whoever reads a file or a pipe wants text alone, and so may a
 *  person.
 *  @param no_colour    `NO_COLOR`, or null: anything but an empty text asks for none.
 *  @param kind         `TERM`, or null.
 *  @param is_terminal  What is printed goes to a terminal.
 *  @par Source  no-color.org. */
bool wants_colours(char const* no_colour, char const* kind, bool is_terminal);

/** @brief The same of this process' standard output and environment. */
bool standard_output_wants_colours();

}  // namespace conductor::daemon
