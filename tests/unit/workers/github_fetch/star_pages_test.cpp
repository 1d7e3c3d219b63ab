#include <github_fetch/star_pages.hpp>

#include "listed_repository.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

using test::down;
using test::listed_repository;

list_cursor guess(std::int64_t page) { return {.page = page, .is_guess = true}; }

TEST(StarPagesTest, GoDownFromTheEndToTheOffset) {
    auto github = listed_repository::with(42, 5);
    star_pages source{{.per_page = 5}, 13, guess(9)};
    EXPECT_EQ(github.read(source), down(42, 14));
    EXPECT_EQ(source.first_page(), 3);
    EXPECT_EQ(source.last_page(), 9);
    EXPECT_EQ(source.end_row(), 42);
}

TEST(StarPagesTest, GoOnWhereACursorStands) {
    auto github = listed_repository::with(42, 5);
    star_pages source{{.per_page = 5}, 13, {.page = 5, .rows = 42}};
    EXPECT_EQ(github.read(source), down(25, 14));
    EXPECT_EQ(source.last_page(), 9);
    EXPECT_EQ(source.end_row(), 42);
}

TEST(StarPagesTest, AreReadWhenTheCursorStandsBelowTheOffset) {
    star_pages const source{{.per_page = 5}, 13, {.page = 2, .rows = 42}};
    EXPECT_TRUE(source.next(4).empty());
}

TEST(StarPagesTest, AskAheadOnceTheEndIsKnown) {
    auto github = listed_repository::with(42, 5);
    star_pages source{{.per_page = 5}, 13, guess(9)};
    ASSERT_EQ(source.next(4).size(), 1u);
    ASSERT_TRUE(source.take(github.answer(source.next(1).front())));
    EXPECT_EQ(source.next(4).size(), 4u);
    EXPECT_EQ(source.next(2).back().page, 7);
    EXPECT_EQ(source.next(100).back().page, 3);
}

TEST(StarPagesTest, ResumeFromTheirCursor) {
    auto github = listed_repository::with(42, 5);
    star_pages first{{.per_page = 5}, 13, guess(9)};
    EXPECT_TRUE(first.cursor().is_guess);
    ASSERT_TRUE(first.take(github.answer(first.next(1).front())));
    EXPECT_EQ(first.cursor(), (list_cursor{.page = 8, .rows = 42}));
}

TEST(StarPagesTest, TellNewsOnlyByAPageThatTheNextStarChanges) {
    for (auto const& [stars, tells] : {std::pair{42, true}, std::pair{45, false}}) {
        auto github = listed_repository::with(stars, 5);
        star_pages source{{.per_page = 5}, 0, guess(9)};
        EXPECT_EQ(source.take(github.answer(source.next(1).front()))->tells_news, tells);
        EXPECT_FALSE(source.take(github.answer(source.next(1).front()))->tells_news);
    }
}

TEST(StarPagesTest, TakeAnEmptyPageForTheEndOfReachWhenTheListGoesOn) {
    auto github = listed_repository::with(40'000);
    github.pages_max = 399;
    star_pages source{{}, 0, guess(400)};
    ASSERT_TRUE(source.take(github.answer(source.next(1).front())));
    auto const taken = source.take(github.answer(source.next(1).front()));
    ASSERT_TRUE(taken.has_error());
    EXPECT_EQ(taken.error().code, codes::gh_pagination_limit);
}

TEST(StarPagesTest, TakeAnEmptyPageForAShorterListWhenThatEndsBefore) {
    auto github = listed_repository::with(39'890);
    star_pages source{{}, 39'800, guess(400)};
    EXPECT_EQ(github.read(source), down(39'890, 39'801));
}

TEST(StarPagesTest, LeaveTheReachWhenGitHubNamesAPageBehindIt) {
    auto github = listed_repository::with(40'010);
    star_pages climbing{{}, 0, guess(400)};
    EXPECT_EQ(climbing.take(github.answer(climbing.next(1).front())).error().code,
              codes::gh_pagination_limit);
}

TEST(StarPagesTest, AreAllThereWhenTheLastPageOfTheReachIsTheLast) {
    auto github = listed_repository::with(40'000);
    star_pages source{{}, 39'900, guess(400)};
    EXPECT_EQ(github.read(source), down(40'000, 39'901));
}

}  // namespace
}  // namespace conductor::workers::github
