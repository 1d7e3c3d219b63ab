#include <github_fetch/cursor.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

TEST(CursorTest, IsReadAsItWasWritten) {
    for (list_cursor const& cursor :
         {list_cursor{}, list_cursor{.page = 44, .is_guess = true},
          list_cursor{.page = 43, .rows = 4319}, list_cursor{.page = 1, .rows = 0},
          list_cursor{.source = fetch_source::graphql},
          list_cursor{.source = fetch_source::graphql, .after = "Y3Vyc29yOnYyOpK5=="},
          list_cursor{.source = fetch_source::graphql, .rows = 7, .after = "a:b"},
          list_cursor{.source = fetch_source::events}}) {
        EXPECT_EQ(parse_cursor(to_text(cursor)), cursor) << to_text(cursor);
    }
}

TEST(CursorTest, IsNothingElse) {
    for (auto const* const text :
         {"", "rest", "rest:", "rest:0", "rest:-1", "rest:x", "rest:1:x", "rest:1:-1", "rest:1x",
          "rest:1:5:5", "rest:9999999999999", "graphql:x:", "graphql::a b", "graphql::a\n",
          "graphql:-1:", "events:1", "history", "page:3", "44"}) {
        EXPECT_EQ(parse_cursor(text), std::nullopt) << text;
    }
    EXPECT_EQ(parse_cursor("graphql::" + std::string(1001, 'a')), std::nullopt);
}

TEST(CursorTest, NamesItsSource) {
    EXPECT_EQ(to_text(fetch_source::rest), "rest");
    EXPECT_EQ(to_text(fetch_source::graphql), "graphql");
    EXPECT_EQ(to_text(fetch_source::events), "events");
    EXPECT_EQ(to_text(fetch_source::history), "history");
}

}  // namespace
}  // namespace conductor::workers::github
