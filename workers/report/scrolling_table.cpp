#include <report/scrolling_table.hpp>

namespace conductor::workers::report {

markup scrolling_table::drawn() const {
    markup made{is_long ? R"(<div class="scroll long")" : R"(<div class="scroll")"};
    made.raw(R"( role="region" tabindex="0" aria-labelledby=")").raw(id).raw(R"(-caption">)");
    made.raw(R"(<table id=")").raw(id).raw(R"("><caption id=")").raw(id).raw(R"(-caption">)");
    made.add(caption).raw("</caption>\n").add(body);
    return made.raw("</table></div>\n");
}

}  // namespace conductor::workers::report
