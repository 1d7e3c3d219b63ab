#include <daemon/terminal.hpp>

#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace conductor::daemon {

bool wants_colours(char const* no_colour, char const* kind, bool is_terminal) {
    bool const refused = no_colour != nullptr && *no_colour != '\0';
    return is_terminal && !refused && kind != nullptr && std::string_view{kind} != "dumb";
}

bool standard_output_wants_colours() {
    return wants_colours(std::getenv("NO_COLOR"), std::getenv("TERM"),
                         ::isatty(STDOUT_FILENO) == 1);
}

}  // namespace conductor::daemon
