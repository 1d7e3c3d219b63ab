#include <github_fetch/page_job.hpp>

#include "listed_repository.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

fetch_input input(std::int64_t page, std::int64_t star_offset) {
    fetch_input in;
    in.what = fetch_kind::star_page;
    in.account = "netflix";
    in.name = "conductor";
    in.page = page;
    in.star_offset = star_offset;
    return in;
}

json::object output_of(std::int64_t stars, std::int64_t page, std::int64_t star_offset) {
    auto github = test::listed_repository::with(stars);
    page_job job{input(page, star_offset)};
    EXPECT_TRUE(github.finish(job));
    EXPECT_EQ(github.requests, 1);
    return job.output({});
}

TEST(PageJobTest, ReadsOnePageInGitHubsOrder) {
    auto const output = output_of(4319, 43, 3850);
    auto const people = test::people_of(output);
    ASSERT_EQ(people.size(), 100u);
    EXPECT_EQ(people.front(), 4201);
    EXPECT_EQ(people.back(), 4300);
    EXPECT_EQ(output.at("oldest").as_string(), "1970-01-01T01:10:01Z");
    EXPECT_EQ(output.at("newest").as_string(), "1970-01-01T01:11:40Z");
    EXPECT_EQ(output.at("first_page").as_int64(), 39);
    EXPECT_EQ(output.at("last_page").as_int64(), 44);
    EXPECT_EQ(output.at("next_page").as_int64(), 42);
    EXPECT_TRUE(output.at("next_star_offset").is_null());
    EXPECT_TRUE(output.at("complete").as_bool());
    EXPECT_EQ(output.at("repo").at("id").as_int64(), 77);
}

TEST(PageJobTest, DropsTheRowsBeforeTheOffset) {
    auto const output = output_of(4319, 39, 3850);
    EXPECT_EQ(test::people_of(output).front(), 3851);
    EXPECT_EQ(output.at("count").as_int64(), 50);
    EXPECT_TRUE(output.at("next_page").is_null());
    EXPECT_EQ(output_of(4319, 38, 3850).at("count").as_int64(), 0);
}

TEST(PageJobTest, KnowsTheLastPage) {
    auto const output = output_of(4319, 44, 3850);
    EXPECT_EQ(output.at("count").as_int64(), 19);
    EXPECT_EQ(output.at("last_page").as_int64(), 44);
    EXPECT_EQ(output.at("next_star_offset").as_int64(), 4319);
}

TEST(PageJobTest, FindsNothingPastTheEnd) {
    auto const output = output_of(4319, 46, 3850);
    EXPECT_EQ(output.at("count").as_int64(), 0);
    EXPECT_TRUE(output.at("last_page").is_null());
    EXPECT_EQ(output.at("next_page").as_int64(), 45);
    EXPECT_TRUE(output.at("oldest").is_null());
}

TEST(PageJobTest, FindsNothingInARepositoryWithoutStars) {
    auto const output = output_of(0, 1, 0);
    EXPECT_EQ(output.at("last_page").as_int64(), 0);
    EXPECT_TRUE(output.at("next_page").is_null());
    EXPECT_TRUE(output.at("repo").at("id").is_null());
}

TEST(PageJobTest, RefusesABodyWithoutStarTimes) {
    page_job job{input(1, 0)};
    auto const taken = job.take({json::array{json::object{{"login", "ada"}, {"id", 3}}}});
    ASSERT_TRUE(taken.has_error());
    EXPECT_EQ(taken.error().detail, "/0/starred_at: expected a text");
    EXPECT_EQ(job.next(), fetch_step{1});
}

}  // namespace
}  // namespace conductor::workers::github
