#include <github_fetch/list_job.hpp>

#include "listed_repository.hpp"

#include <boost/json/array.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using test::down;
using test::listed_repository;
using test::loop;
using test::people_of;
using test::second;
using test::walk;
using test::walk_input;

TEST(ListJobTest, ReadsEverythingFromTheOffsetNewestFirst) {
    auto github = listed_repository::with(4319);
    auto const output = walk(github, walk_input(3850));
    EXPECT_EQ(people_of(output), down(4319, 3851));
    EXPECT_EQ(github.requests, 1 + 6);
    EXPECT_EQ(output.at("count").as_int64(), 469);
    EXPECT_EQ(output.at("stargazers_count").as_int64(), 4319);
    EXPECT_EQ(output.at("repo").at("id").as_int64(), 77);
    EXPECT_EQ(output.at("first_page").as_int64(), 39);
    EXPECT_EQ(output.at("last_page").as_int64(), 44);
    EXPECT_TRUE(output.at("next_page").is_null());
    EXPECT_EQ(output.at("next_star_offset").as_int64(), 4319);
    EXPECT_TRUE(output.at("complete").as_bool());
    EXPECT_TRUE(output.at("incomplete_reason").is_null());
}

TEST(ListJobTest, HonoursEveryOffsetExactly) {
    for (std::int64_t stars = 0; stars <= 13; ++stars) {
        for (std::int64_t offset = 0; offset <= 15; ++offset) {
            auto github = listed_repository::with(stars, 5);
            auto const output = walk(github, walk_input(offset, 5));
            EXPECT_EQ(people_of(output), down(stars, offset + 1)) << stars << " " << offset;
            EXPECT_EQ(output.at("next_star_offset").as_int64(), std::max(stars, offset));
        }
    }
}

TEST(ListJobTest, FindsTheEndThoughTheCountIsStale) {
    for (std::int64_t const error : {-40, -7, -1, 1, 7, 40}) {
        auto github = listed_repository::with(42, 5);
        github.count_error = error;
        auto const output = walk(github, walk_input(3, 5));
        EXPECT_EQ(people_of(output), down(42, 4)) << error;
        EXPECT_EQ(output.at("last_page").as_int64(), 9) << error;
    }
}

// The promise of the walk: whoever was in the list from its beginning to its end is found once.
TEST(ListJobTest, LosesNobodyWhileTheListChanges) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random{seed};
        auto github = listed_repository::with(37, 5);
        std::set<std::int64_t> staying(github.people.begin(), github.people.end());
        std::int64_t newcomer = 1000;
        list_job job{walk_input(0, 5), {}};
        while (!job.next().empty()) {
            ASSERT_TRUE(github.answer_one(job));
            if (random() % 3 == 0) github.star(newcomer++);
            if (random() % 3 == 0 && !github.people.empty()) {
                auto const gone = github.people[random() % github.people.size()];
                github.unstar(gone);
                staying.erase(gone);
            }
        }
        auto const found = people_of(job.output({}));
        std::set<std::int64_t> const distinct(found.begin(), found.end());
        EXPECT_EQ(distinct.size(), found.size()) << "seed " << seed;
        EXPECT_TRUE(std::includes(distinct.begin(), distinct.end(), staying.begin(), staying.end()))
            << "seed " << seed;
    }
}

TEST(ListJobTest, StopsAfterMaxPages) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    in.max_pages = 2;
    auto const output = walk(github, in);
    EXPECT_EQ(people_of(output), down(420, 301));
    EXPECT_FALSE(output.at("complete").as_bool());
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "max_pages");
    EXPECT_EQ(output.at("next_page").as_int64(), 3);
    EXPECT_EQ(output.at("next_star_offset").as_int64(), 0);
}

TEST(ListJobTest, IsCompleteWhenMaxPagesIsJustEnough) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    in.max_pages = 5;
    EXPECT_TRUE(walk(github, in).at("complete").as_bool());
}

TEST(ListJobTest, StopsAtTheEndOfThePageThatMakesItMaxItems) {
    struct expected {
        std::int64_t max_items, count, next_page;
    };
    for (auto const& one : {expected{1, 20, 4}, expected{20, 20, 4}, expected{21, 120, 3},
                            expected{30, 120, 3}, expected{319, 320, 1}}) {
        auto github = listed_repository::with(420);
        auto in = walk_input(0);
        in.max_items = one.max_items;
        auto const output = walk(github, in);
        EXPECT_EQ(people_of(output), down(420, 421 - one.count)) << one.max_items;
        EXPECT_EQ(output.at("incomplete_reason").as_string(), "max_items");
        EXPECT_EQ(output.at("next_page").as_int64(), one.next_page) << one.max_items;
    }
}

// Each task goes on behind the one before, however small its limit is beside a page.
TEST(ListJobTest, ReadsEachRowOnceWithMaxItemsAndCursors) {
    for (std::int64_t const max_items : {1, 30, 100, 101, 250}) {
        for (auto const source : {fetch_source::rest, fetch_source::graphql}) {
            auto github = listed_repository::with(420);
            auto in = walk_input(0);
            in.source = source;
            in.max_items = max_items;
            EXPECT_EQ(loop(github, in), down(420, 1)) << max_items;
        }
    }
}

TEST(ListJobTest, IsCompleteWhenMaxItemsIsJustEnough) {
    auto github = listed_repository::with(42);
    auto in = walk_input(2);
    in.max_items = 40;
    EXPECT_TRUE(walk(github, in).at("complete").as_bool());
}

TEST(ListJobTest, TellsWhyItWasCutShort) {
    auto github = listed_repository::with(420);
    list_job job{walk_input(0), {}};
    for (int step = 0; step < 3; ++step) ASSERT_TRUE(github.answer_one(job));
    auto const output = job.output("time_limit");
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "time_limit");
    EXPECT_EQ(output.at("next_page").as_int64(), 3);
    EXPECT_EQ(output.at("count").as_int64(), 120);
}

TEST(ListJobTest, GoesOnWhereAnEarlierClaimLeftOff) {
    for (int answered = 0; answered <= 6; ++answered) {
        auto github = listed_repository::with(420);
        list_job first{walk_input(150), {}};
        for (int step = 0; step < answered && !first.next().empty(); ++step)
            ASSERT_TRUE(github.answer_one(first));
        list_job second{walk_input(150), first.progress()};
        ASSERT_TRUE(github.finish(second));
        auto const output = second.output({});
        EXPECT_EQ(people_of(output), down(420, 151)) << answered;
        EXPECT_EQ(output.at("last_page").as_int64(), 5);
        EXPECT_EQ(output.at("next_star_offset").as_int64(), 420);
    }
}

TEST(ListJobTest, CountsPagesOverClaims) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    in.max_pages = 3;
    list_job first{in, {}};
    for (int step = 0; step < 3; ++step) ASSERT_TRUE(github.answer_one(first));
    list_job second{in, first.progress()};
    ASSERT_TRUE(github.finish(second));
    EXPECT_EQ(people_of(second.output({})), down(420, 201));
}

TEST(ListJobTest, BeginsAnewWithoutUsableProgress) {
    json::object const known{
        {"id", 1}, {"full_name", "a/b"}, {"stargazers_count", 9}, {"forks_count", 1}};
    json::object const usable{{"repository", known}, {"cursor", "rest:1:150"}};
    auto const changed = [&usable](char const* name, json::value value) {
        json::object out = usable;
        out[name] = std::move(value);
        return out;
    };
    json::array const none;
    for (json::object const& previous :
         {json::object{}, json::object{{"stargazers", none}}, json::object{{"progress", usable}},
          json::object{{"progress", none}, {"stargazers", none}},
          json::object{{"progress", usable}, {"stargazers", 7}},
          json::object{{"progress", usable}, {"forks", none}},
          json::object{{"progress", changed("cursor", "page 3")}, {"stargazers", none}},
          json::object{{"progress", changed("cursor", 3)}, {"stargazers", none}},
          json::object{{"progress", changed("repository", none)}, {"stargazers", none}}}) {
        list_job const job{walk_input(0), previous};
        EXPECT_EQ(job.next(), (std::vector{fetch_step{}}));
    }
    list_job const job{walk_input(0), {{"progress", usable}, {"stargazers", none}}};
    EXPECT_EQ(job.next(), (std::vector{fetch_step{.where = endpoint::stargazers, .page = 1}}));
}

TEST(ListJobTest, RefusesBodiesThatAreNotWhatWasAskedFor) {
    auto github = listed_repository::with(42);
    list_job job{walk_input(0), {}};
    EXPECT_EQ(job.take({}, {json::array{}}).error().code, codes::gh_bad_body);
    ASSERT_TRUE(github.answer_one(job));
    auto const step = job.next().front();
    EXPECT_EQ(job.take(step, {json::object{}}).error().message, "expected an array");
    EXPECT_EQ(job.take(step, {.body = nullptr, .status = 304}).error().code, codes::gh_bad_body);
    EXPECT_EQ(job.next().front().page, 1);
}

TEST(ListJobTest, StopsAtSince) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    in.since = second(350);
    auto const output = walk(github, in);
    EXPECT_EQ(people_of(output), down(420, 351));
    EXPECT_EQ(github.requests, 1 + 2);
    EXPECT_TRUE(output.at("complete").as_bool());
    EXPECT_TRUE(output.at("next_cursor").is_null());
    EXPECT_TRUE(output.at("next_page").is_null());
    EXPECT_EQ(output.at("next_star_offset").as_int64(), 420);
}

TEST(ListJobTest, ReadsAllWhenSinceIsOlderThanAll) {
    auto github = listed_repository::with(420);
    auto in = walk_input(310);
    in.since = second(0);
    EXPECT_EQ(people_of(walk(github, in)), down(420, 311));
}

TEST(ListJobTest, CanBeReadPageByPageWithCursors) {
    auto github = listed_repository::with(420);
    EXPECT_EQ(loop(github, walk_input(150)), down(420, 151));
    EXPECT_LE(github.requests, 1 + 4);
}

TEST(ListJobTest, ReadsADayInOneRequestFromThePlansCursor) {
    auto github = listed_repository::with(4319);
    auto in = walk_input(0);
    in.cursor = list_cursor{.page = 44, .is_guess = true};
    in.since = second(4310);
    EXPECT_EQ(loop(github, in), down(4319, 4311));
    EXPECT_LE(github.requests, 1);
}

TEST(ListJobTest, CorrectsAStalePlanWithoutLosingRows) {
    for (std::int64_t const page : {1, 2, 7, 9, 10, 30}) {
        auto github = listed_repository::with(42, 5);
        auto in = walk_input(3, 5);
        in.cursor = list_cursor{.page = page, .is_guess = true};
        EXPECT_EQ(loop(github, in), down(42, 4)) << page;
        EXPECT_LE(github.requests, 12);
    }
}

}  // namespace
}  // namespace conductor::workers::github
