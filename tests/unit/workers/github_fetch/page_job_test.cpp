#include <github_fetch/page_job.hpp>

#include "listed_repository.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

fetch_input input(std::int64_t page, std::int64_t star_offset) {
    fetch_input in;
    in.what = fetch_kind::stars;
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
    EXPECT_FALSE(output.at("complete").as_bool());
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "one_page");
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

TEST(PageJobTest, IsCompleteOnlyWhenNoWantedRowIsOnAnotherPage) {
    struct expected {
        std::int64_t stars, page, star_offset;
        bool complete;
    };
    for (auto const& one :
         {expected{0, 1, 0, true}, expected{42, 1, 0, true}, expected{100, 1, 0, true},
          expected{101, 1, 0, false}, expected{101, 2, 0, false}, expected{120, 2, 100, true},
          expected{120, 1, 100, false}, expected{120, 3, 100, false}}) {
        auto const output = output_of(one.stars, one.page, one.star_offset);
        EXPECT_EQ(output.at("complete").as_bool(), one.complete)
            << one.stars << " " << one.page << " " << one.star_offset;
        EXPECT_EQ(output.at("incomplete_reason").is_null(), one.complete);
    }
}

TEST(PageJobTest, ReadsOnePageOfForks) {
    auto in = input(2, 50);
    in.what = fetch_kind::forks;
    auto github = test::listed_repository::with(250);
    page_job job{in};
    ASSERT_TRUE(github.finish(job));
    auto const output = job.output({});
    EXPECT_EQ(test::people_of(output, "forks"), test::down(150, 51));
    EXPECT_EQ(output.at("first_page").as_int64(), 1);
    EXPECT_EQ(output.at("last_page").as_int64(), 3);
    EXPECT_EQ(output.at("next_page").as_int64(), 3);
    EXPECT_TRUE(output.at("next_star_offset").is_null());
}

TEST(PageJobTest, KeepsOnlyWhatIsNewerThanSince) {
    auto in = input(5, 0);
    in.since = instant{std::chrono::seconds{410}};
    auto github = test::listed_repository::with(420);
    page_job job{in};
    ASSERT_TRUE(github.finish(job));
    auto const output = job.output({});
    EXPECT_EQ(output.at("count").as_int64(), 10);
    EXPECT_EQ(output.at("oldest").as_string(), test::at_second(411));
    EXPECT_TRUE(output.at("next_page").is_null());
}

TEST(PageJobTest, GivesTheETagAndTakesItBack) {
    auto in = input(5, 0);
    auto github = test::listed_repository::with(420);
    page_job first{in};
    ASSERT_TRUE(github.finish(first));
    in.etag = std::string{first.output({}).at("etag").as_string()};
    page_job second{in};
    EXPECT_EQ(second.next().front().etag, "\"page 5\"");
    ASSERT_TRUE(second.take(second.next().front(), {.body = nullptr, .status = 304}));
    EXPECT_TRUE(second.next().empty());
    EXPECT_TRUE(second.output({}).at("not_modified").as_bool());
    EXPECT_FALSE(second.output({}).at("complete").as_bool());
    EXPECT_EQ(second.output({}).at("count").as_int64(), 0);
}

TEST(PageJobTest, TakesNoAnswerWithoutABodyThatWasNotAskedFor) {
    page_job job{input(5, 0)};
    for (int const status : {204, 304}) {
        EXPECT_EQ(job.take(job.next().front(), {.body = nullptr, .status = status}).error().code,
                  codes::gh_bad_body);
    }
}

TEST(PageJobTest, FindsNoContributorsInAnEmptyRepository) {
    auto in = input(1, 0);
    in.what = fetch_kind::contributors;
    page_job job{in};
    ASSERT_TRUE(job.take(job.next().front(), {.body = nullptr, .status = 204}));
    EXPECT_EQ(job.output({}).at("count").as_int64(), 0);
    EXPECT_EQ(job.output({}).at("last_page").as_int64(), 0);
}

TEST(PageJobTest, NamesTheWayAroundARestriction) {
    page_job job{input(1, 0)};
    auto const why = job.refuse({codes::gh_stargazers_restricted});
    EXPECT_NE(why->message.find("on_restricted: events"), std::string::npos);
    EXPECT_NE(why->message.find("if page is left out"), std::string::npos);
    EXPECT_EQ(job.refuse({codes::gh_upstream})->message, "");
}

TEST(PageJobTest, RefusesABodyWithoutStarTimes) {
    page_job job{input(1, 0)};
    auto const taken =
        job.take(job.next().front(), {json::array{json::object{{"login", "ada"}, {"id", 3}}}});
    ASSERT_TRUE(taken.has_error());
    EXPECT_EQ(taken.error().message, "/0/starred_at: expected a text");
    EXPECT_EQ(job.next().front().page, 1);
}

}  // namespace
}  // namespace conductor::workers::github
