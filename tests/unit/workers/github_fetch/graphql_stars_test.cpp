#include <github_fetch/graphql_stars.hpp>

#include "listed_repository.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

using test::down;
using test::listed_repository;

list_cursor const start{.source = fetch_source::graphql};

TEST(GraphQLStarsTest, ComeNewestFirstWhateverTheirNumber) {
    auto github = listed_repository::with(42, 5);
    graphql_stars source{{}, start};
    EXPECT_EQ(github.read(source), down(42, 1));
    EXPECT_EQ(github.requests, 9);
}

TEST(GraphQLStarsTest, EndAtTheOffset) {
    for (std::int64_t offset = 0; offset < 45; ++offset) {
        auto github = listed_repository::with(42, 5);
        graphql_stars source{{.star_offset = offset}, start};
        EXPECT_EQ(github.read(source), down(42, offset + 1)) << offset;
    }
}

TEST(GraphQLStarsTest, GoByTheLargerCount) {
    auto github = listed_repository::with(42, 5);
    github.count_error = -3;
    graphql_stars source{{.star_offset = 10, .stars = 42}, start};
    EXPECT_EQ(github.read(source), down(42, 11));
}

TEST(GraphQLStarsTest, AreRatherTooManyThanTooFewWhenSomeAreTakenBack) {
    auto github = listed_repository::with(42, 5);
    graphql_stars source{{.star_offset = 30}, start};
    std::vector<std::int64_t> found;
    while (!source.next(1).empty()) {
        auto const page = source.take(github.answer(source.next(1).front()));
        ASSERT_TRUE(page.has_value());
        for (auto const& one : page->rows) found.push_back(one.user->id);
        github.unstar(33);
    }
    std::vector<std::int64_t> expected = down(42, 30);
    std::erase(expected, 33);
    EXPECT_EQ(found, expected);
}

TEST(GraphQLStarsTest, GoOnWhereACursorStands) {
    auto github = listed_repository::with(42, 5);
    graphql_stars first{{.star_offset = 10}, start};
    ASSERT_TRUE(first.take(github.answer(first.next(1).front())));
    graphql_stars second{{.star_offset = 10}, first.cursor()};
    EXPECT_EQ(github.read(second), down(37, 11));
}

TEST(GraphQLStarsTest, RefuseACursorThatLeadsNowhere) {
    auto github = listed_repository::with(42, 5);
    graphql_stars source{{}, {.source = fetch_source::graphql, .after = "38"}};
    auto const taken = source.take(github.answer({.where = endpoint::graphql}));
    ASSERT_TRUE(taken.has_error());
    EXPECT_EQ(taken.error().code, codes::gh_bad_body);
    EXPECT_NE(taken.error().message.find("/pageInfo/endCursor"), std::string::npos);
}

TEST(GraphQLStarsTest, DescribeTheRepository) {
    auto github = listed_repository::with(42, 5);
    graphql_stars source{{}, start};
    auto const page = source.take(github.answer(source.next(4).front()));
    EXPECT_EQ(page->repository, (repository{77, "netflix/conductor", 42, 5}));
}

}  // namespace
}  // namespace conductor::workers::github
