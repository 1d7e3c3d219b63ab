#include <github_fetch/repository_job.hpp>

#include "listed_repository.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

fetch_input input(std::int64_t star_offset) {
    fetch_input in;
    in.what = fetch_kind::repository;
    in.account = "netflix";
    in.name = "conductor";
    in.star_offset = star_offset;
    return in;
}

json::object output_of(std::int64_t stars, std::int64_t star_offset) {
    auto github = test::listed_repository::with(stars);
    repository_job job{input(star_offset)};
    EXPECT_TRUE(github.finish(job));
    EXPECT_EQ(github.requests, 1);
    return job.output({});
}

TEST(RepositoryJobTest, GivesThePagePlanInOneRequest) {
    EXPECT_EQ(json::serialize(output_of(4400, 3800)),
              R"({"repo":{"id":77,"full_name":"netflix/conductor"},"stargazers_count":4400,)"
              R"("forks_count":5,"first_page":39,"last_page":44,"next_cursor":"rest:44:end",)"
              R"("complete":true})");
}

TEST(RepositoryJobTest, PlansEveryOffset) {
    struct expected_plan {
        std::int64_t stars, offset, first, last;
    };
    for (auto const& plan :
         {expected_plan{0, 0, 1, 0}, expected_plan{1, 0, 1, 1}, expected_plan{100, 0, 1, 1},
          expected_plan{101, 99, 1, 2}, expected_plan{101, 100, 2, 2},
          expected_plan{4319, 3850, 39, 44}, expected_plan{4400, 4400, 45, 44}}) {
        auto const output = output_of(plan.stars, plan.offset);
        EXPECT_EQ(output.at("first_page").as_int64(), plan.first) << plan.offset;
        EXPECT_EQ(output.at("last_page").as_int64(), plan.last) << plan.stars;
    }
}

std::string cursor_of(std::int64_t stars, std::optional<fetch_source> source, std::int64_t offset) {
    auto in = input(offset);
    in.source = source;
    auto github = test::listed_repository::with(0);
    github.count_error = stars;
    repository_job job{in};
    EXPECT_TRUE(github.finish(job));
    auto const cursor = job.output({}).at("next_cursor");
    return cursor.is_null() ? "null" : std::string{cursor.as_string()};
}

TEST(RepositoryJobTest, SaysWhereAWalkOverTheStarsBegins) {
    EXPECT_EQ(cursor_of(0, {}, 0), "rest:1:end");
    EXPECT_EQ(cursor_of(4400, {}, 4400), "rest:45:end");
    EXPECT_EQ(cursor_of(40'000, {}, 0), "rest:400:end");
    EXPECT_EQ(cursor_of(40'001, {}, 0), "graphql::");
    EXPECT_EQ(cursor_of(40'001, fetch_source::rest, 0), "rest:401:end");
    EXPECT_EQ(cursor_of(7, fetch_source::graphql, 0), "graphql::");
    EXPECT_EQ(cursor_of(7, fetch_source::events, 0), "events");
    EXPECT_EQ(cursor_of(7, fetch_source::history, 0), "null");
}

TEST(RepositoryJobTest, RefusesABodyThatIsNoRepository) {
    repository_job job{input(0)};
    EXPECT_EQ(job.take({}, {json::array{}}).error().code, codes::gh_bad_body);
    EXPECT_FALSE(job.has_seen_repository());
    EXPECT_EQ(job.next().front(), fetch_step{});
}

}  // namespace
}  // namespace conductor::workers::github
