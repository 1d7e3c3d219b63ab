#include <github_fetch/upward_pages.hpp>

#include "listed_repository.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

using test::down;
using test::listed_repository;

TEST(UpwardPagesTest, GoFromTheFirstPageToTheLast) {
    auto github = listed_repository::with(12, 5);
    upward_pages source{row_kind::fork, 1};
    EXPECT_EQ(github.read(source), down(12, 1));
    EXPECT_EQ(source.last_page(), 3);
}

TEST(UpwardPagesTest, GoOnWhereACursorStands) {
    auto github = listed_repository::with(12, 5);
    upward_pages source{row_kind::fork, 2};
    EXPECT_EQ(source.cursor(), (list_cursor{.page = 2}));
    EXPECT_EQ(github.read(source), down(7, 1));
}

TEST(UpwardPagesTest, AskAheadOnceTheLastPageIsKnown) {
    auto github = listed_repository::with(30, 5);
    upward_pages source{row_kind::fork, 1};
    EXPECT_EQ(source.next(4).size(), 1u);
    ASSERT_TRUE(source.take(github.answer(source.next(1).front())));
    ASSERT_EQ(source.next(4).size(), 4u);
    EXPECT_EQ(source.next(100).size(), 5u);
    EXPECT_EQ(source.next(4).back(), (fetch_step{.where = endpoint::forks, .page = 5}));
}

TEST(UpwardPagesTest, AreNoneOfAnEmptyList) {
    auto github = listed_repository::with(0, 5);
    upward_pages source{row_kind::fork, 1};
    EXPECT_TRUE(github.read(source).empty());
    EXPECT_EQ(source.last_page(), 0);
}

TEST(UpwardPagesTest, EndAtAnEmptyPageThoughItNamesANextOne) {
    upward_pages source{row_kind::fork, 3};
    github_answer page{boost::json::array{}};
    page.links = {.next = 4, .last = 9};
    ASSERT_TRUE(source.take(page));
    EXPECT_TRUE(source.next(4).empty());
}

TEST(UpwardPagesTest, AreNoneOfARepositoryWithoutCommits) {
    upward_pages source{row_kind::contributor, 1};
    auto const page = source.take({.body = nullptr, .status = 204});
    ASSERT_TRUE(page.has_value());
    EXPECT_TRUE(page->rows.empty());
    EXPECT_TRUE(source.next(1).empty());
}

TEST(UpwardPagesTest, OfForksAlwaysHaveABody) {
    upward_pages source{row_kind::fork, 1};
    EXPECT_EQ(source.take({.body = nullptr, .status = 204}).error().code, codes::gh_bad_body);
}

TEST(UpwardPagesTest, TellNewsWhereTheyMustShow) {
    auto github = listed_repository::with(12, 5);
    upward_pages forks{row_kind::fork, 1};
    EXPECT_TRUE(forks.take(github.answer(forks.next(1).front()))->tells_news);
    EXPECT_FALSE(forks.take(github.answer(forks.next(1).front()))->tells_news);
    boost::json::object const one{{"login", "ada"}, {"id", 3}, {"contributions", 1}};
    github_answer page{boost::json::array{one}};
    EXPECT_TRUE((upward_pages{row_kind::contributor, 1}.take(page)->tells_news));
    page.links = {.next = 2, .last = 2};
    EXPECT_FALSE((upward_pages{row_kind::contributor, 1}.take(page)->tells_news));
}

}  // namespace
}  // namespace conductor::workers::github
