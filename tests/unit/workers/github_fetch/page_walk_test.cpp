#include <github_fetch/page_walk.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

page_links const no_links{};

page_links up_to(std::int64_t last) { return {.next = 1, .last = last}; }

TEST(PageWalkTest, GoesFromTheLastPageDownToTheFirst) {
    page_walk walk{39, 41};
    EXPECT_EQ(walk.next(), 41);
    EXPECT_FALSE(walk.last());
    EXPECT_TRUE(walk.take(19, no_links));
    EXPECT_EQ(walk.last(), 41);
    EXPECT_EQ(walk.next(), 40);
    EXPECT_TRUE(walk.take(100, up_to(41)));
    EXPECT_EQ(walk.next(), 39);
    EXPECT_TRUE(walk.take(100, up_to(41)));
    EXPECT_EQ(walk.next(), std::nullopt);
}

TEST(PageWalkTest, ClimbsToTheLastPageWhenTheListHasGrown) {
    page_walk walk{1, 2};
    EXPECT_FALSE(walk.take(100, up_to(4)));
    EXPECT_EQ(walk.next(), 4);
    EXPECT_TRUE(walk.take(7, no_links));
    EXPECT_EQ(walk.last(), 4);
    EXPECT_EQ(walk.next(), 3);
}

TEST(PageWalkTest, DoesNotChaseAListThatGrowsForEver) {
    page_walk walk{1, 2};
    EXPECT_FALSE(walk.take(100, up_to(4)));
    EXPECT_TRUE(walk.take(100, up_to(5)));
    EXPECT_EQ(walk.last(), 4);
}

TEST(PageWalkTest, AsksAgainWhereTheListEndsWhenAPageIsEmpty) {
    page_walk walk{2, 9};
    EXPECT_FALSE(walk.take(0, no_links));
    EXPECT_EQ(walk.next(), 2);
    EXPECT_FALSE(walk.take(100, up_to(5)));
    EXPECT_EQ(walk.next(), 5);
    EXPECT_TRUE(walk.take(3, no_links));
    EXPECT_EQ(walk.last(), 5);
    EXPECT_EQ(walk.next(), 4);
}

TEST(PageWalkTest, TakesTheFirstPageForTheLastWhenItSaysSo) {
    page_walk walk{2, 9};
    EXPECT_FALSE(walk.take(0, no_links));
    EXPECT_TRUE(walk.take(55, no_links));
    EXPECT_EQ(walk.last(), 2);
    EXPECT_EQ(walk.next(), std::nullopt);
}

TEST(PageWalkTest, TriesThePageBeforeWhenGitHubNamesNoLast) {
    page_walk walk{1, 9};
    EXPECT_FALSE(walk.take(0, no_links));
    EXPECT_FALSE(walk.take(100, {.next = 2}));
    EXPECT_EQ(walk.next(), 8);
}

TEST(PageWalkTest, IsOverWhenItResumesBelowItsFirstPage) {
    EXPECT_EQ(page_walk::resume(39, 38, 44).next(), std::nullopt);
}

TEST(PageWalkTest, ComesToAnEndThoughEveryAnswerContradictsTheLast) {
    page_walk walk{1, 400};
    int answers = 0;
    while (walk.next()) {
        ASSERT_LT(++answers, 2000);
        walk.take(*walk.next() == 1 ? 100 : 0, up_to(400));
    }
    EXPECT_EQ(walk.last(), 1);
}

TEST(PageWalkTest, FindsNothingInAnEmptyList) {
    page_walk walk{1, 1};
    EXPECT_TRUE(walk.take(0, no_links));
    EXPECT_EQ(walk.last(), 0);
    EXPECT_EQ(walk.next(), std::nullopt);
}

TEST(PageWalkTest, GoesOnBelowAPageThatHasBecomeEmpty) {
    page_walk walk{1, 3};
    EXPECT_TRUE(walk.take(10, no_links));
    EXPECT_TRUE(walk.take(0, no_links));
    EXPECT_EQ(walk.next(), 1);
}

TEST(PageWalkTest, ResumesBelowItsEnd) {
    auto walk = page_walk::resume(39, 40, 44);
    EXPECT_EQ(walk.last(), 44);
    EXPECT_EQ(walk.next(), 40);
    EXPECT_TRUE(walk.take(100, up_to(50)));
    EXPECT_EQ(walk.next(), 39);
}

}  // namespace
}  // namespace conductor::workers::github
