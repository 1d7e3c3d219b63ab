#include <report/scrolling_table.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

TEST(ScrollingTableTest, CanBeReachedByKeyboardAndIsNamedByItsCaption) {
    scrolling_table const table{"t", markup{"Caption"}, markup{"<tbody></tbody>"}};
    EXPECT_EQ(table.drawn().str(),
              "<div class=\"scroll long\" role=\"region\" tabindex=\"0\" "
              "aria-labelledby=\"t-caption\"><table id=\"t\"><caption id=\"t-caption\">Caption"
              "</caption>\n<tbody></tbody></table></div>\n");
}

TEST(ScrollingTableTest, AShortTableHasItsFullHeight) {
    scrolling_table const table{"t", markup{"Caption"}, markup{}, false};
    EXPECT_TRUE(table.drawn().str().starts_with("<div class=\"scroll\" "));
}

}  // namespace
}  // namespace conductor::workers::report
