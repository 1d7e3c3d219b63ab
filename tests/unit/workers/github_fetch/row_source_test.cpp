#include <github_fetch/row_source.hpp>

#include <github_fetch/upward_pages.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

TEST(RowSourceTest, HasAListOfEachKind) {
    EXPECT_EQ(list_of(row_kind::star), endpoint::stargazers);
    EXPECT_EQ(list_of(row_kind::fork), endpoint::forks);
    EXPECT_EQ(list_of(row_kind::contributor), endpoint::contributors);
}

TEST(RowSourceTest, DoesNotDoWithoutAnAnswerUnlessItSaysSo) {
    upward_pages source{row_kind::fork, 1};
    EXPECT_FALSE(source.do_without({codes::gh_upstream}));
    EXPECT_EQ(source.doubt(), "");
    EXPECT_TRUE(source.can_pause());
}

TEST(RowSourceTest, TellsWhereABodyIsBad) {
    auto const why = bad_body({errc::bad_response, "/0/user: missing"});
    EXPECT_EQ(why.code, codes::gh_bad_body);
    EXPECT_EQ(why.message, "/0/user: missing");
}

}  // namespace
}  // namespace conductor::workers::github
