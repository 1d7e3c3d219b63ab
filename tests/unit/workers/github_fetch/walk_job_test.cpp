#include <github_fetch/walk_job.hpp>

#include "listed_repository.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using test::down;
using test::listed_repository;
using test::people_of;

fetch_input input(std::int64_t star_offset, std::int64_t per_page = 100) {
    fetch_input in;
    in.account = "netflix";
    in.name = "conductor";
    in.star_offset = star_offset;
    in.pages.per_page = per_page;
    return in;
}

json::object walk(listed_repository& github, fetch_input const& in) {
    walk_job job{in, {}};
    EXPECT_TRUE(github.finish(job));
    return job.output({});
}

TEST(WalkJobTest, ReadsEverythingFromTheOffsetNewestFirst) {
    auto github = listed_repository::with(4319);
    auto const output = walk(github, input(3850));
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

TEST(WalkJobTest, HonoursEveryOffsetExactly) {
    for (std::int64_t stars = 0; stars <= 13; ++stars) {
        for (std::int64_t offset = 0; offset <= 15; ++offset) {
            auto github = listed_repository::with(stars, 5);
            auto const output = walk(github, input(offset, 5));
            EXPECT_EQ(people_of(output), down(stars, offset + 1)) << stars << " " << offset;
            EXPECT_EQ(output.at("next_star_offset").as_int64(), std::max(stars, offset));
        }
    }
}

TEST(WalkJobTest, FindsTheEndThoughTheCountIsStale) {
    for (std::int64_t const error : {-40, -7, -1, 1, 7, 40}) {
        auto github = listed_repository::with(42, 5);
        github.count_error = error;
        auto const output = walk(github, input(3, 5));
        EXPECT_EQ(people_of(output), down(42, 4)) << error;
        EXPECT_EQ(output.at("last_page").as_int64(), 9) << error;
    }
}

// The promise of the walk: whoever was in the list from its beginning to its end is found once.
TEST(WalkJobTest, LosesNobodyWhileTheListChanges) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random{seed};
        auto github = listed_repository::with(37, 5);
        std::set<std::int64_t> staying(github.people.begin(), github.people.end());
        std::int64_t newcomer = 1000;
        walk_job job{input(0, 5), {}};
        while (auto const step = job.next()) {
            ASSERT_TRUE(job.take(github.answer(*step)).has_value());
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

TEST(WalkJobTest, StopsAfterMaxPages) {
    auto github = listed_repository::with(420);
    auto in = input(0);
    in.max_pages = 2;
    auto const output = walk(github, in);
    EXPECT_EQ(people_of(output), down(420, 301));
    EXPECT_FALSE(output.at("complete").as_bool());
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "max_pages");
    EXPECT_EQ(output.at("next_page").as_int64(), 3);
    EXPECT_EQ(output.at("next_star_offset").as_int64(), 0);
}

TEST(WalkJobTest, IsCompleteWhenMaxPagesIsJustEnough) {
    auto github = listed_repository::with(420);
    auto in = input(0);
    in.max_pages = 5;
    EXPECT_TRUE(walk(github, in).at("complete").as_bool());
}

TEST(WalkJobTest, StopsAfterMaxItems) {
    for (auto const& [items, page] : {std::pair{30, 4}, std::pair{20, 4}, std::pair{319, 2}}) {
        auto github = listed_repository::with(420);
        auto in = input(0);
        in.max_items = items;
        auto const output = walk(github, in);
        EXPECT_EQ(people_of(output), down(420, 421 - items));
        EXPECT_EQ(output.at("incomplete_reason").as_string(), "max_items");
        EXPECT_EQ(output.at("next_page").as_int64(), page) << items;
    }
}

TEST(WalkJobTest, IsCompleteWhenMaxItemsIsJustEnough) {
    auto github = listed_repository::with(42);
    auto in = input(2);
    in.max_items = 40;
    EXPECT_TRUE(walk(github, in).at("complete").as_bool());
    in.max_items = 39;
    auto const cut = walk(github, in);
    EXPECT_FALSE(cut.at("complete").as_bool());
    EXPECT_EQ(cut.at("next_page").as_int64(), 1);
}

TEST(WalkJobTest, TellsWhyItWasCutShort) {
    auto github = listed_repository::with(420);
    walk_job job{input(0), {}};
    for (int step = 0; step < 3; ++step) ASSERT_TRUE(job.take(github.answer(*job.next())));
    auto const output = job.output("time_limit");
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "time_limit");
    EXPECT_EQ(output.at("next_page").as_int64(), 3);
    EXPECT_EQ(output.at("count").as_int64(), 120);
}

TEST(WalkJobTest, GoesOnWhereAnEarlierClaimLeftOff) {
    for (int answered = 0; answered <= 6; ++answered) {
        auto github = listed_repository::with(420);
        walk_job first{input(150), {}};
        for (int step = 0; step < answered && first.next(); ++step) {
            ASSERT_TRUE(first.take(github.answer(*first.next())));
        }
        walk_job second{input(150), first.progress()};
        ASSERT_TRUE(github.finish(second));
        auto const output = second.output({});
        EXPECT_EQ(people_of(output), down(420, 151)) << answered;
        EXPECT_EQ(output.at("last_page").as_int64(), 5);
        EXPECT_EQ(output.at("next_star_offset").as_int64(), 420);
    }
}

TEST(WalkJobTest, CountsPagesOverClaims) {
    auto github = listed_repository::with(420);
    auto in = input(0);
    in.max_pages = 3;
    walk_job first{in, {}};
    for (int step = 0; step < 3; ++step) ASSERT_TRUE(first.take(github.answer(*first.next())));
    walk_job second{in, first.progress()};
    ASSERT_TRUE(github.finish(second));
    EXPECT_EQ(people_of(second.output({})), down(420, 201));
}

TEST(WalkJobTest, BeginsAnewWithoutUsableProgress) {
    json::object const known{
        {"id", 1}, {"full_name", "a/b"}, {"stargazers_count", 9}, {"forks_count", 1}};
    json::object const usable{{"repository", known}, {"next_page", 1}, {"last_page", 2}};
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
          json::object{{"progress", changed("next_page", 3)}, {"stargazers", none}},
          json::object{{"progress", changed("next_page", 0)}, {"stargazers", none}},
          json::object{{"progress", changed("last_page", "2")}, {"stargazers", none}},
          json::object{{"progress", changed("repository", none)}, {"stargazers", none}}}) {
        walk_job const job{input(0), previous};
        EXPECT_EQ(job.next(), fetch_step{});
    }
    walk_job const job{input(0), {{"progress", usable}, {"stargazers", none}}};
    EXPECT_EQ(job.next(), fetch_step{1});
}

TEST(WalkJobTest, RefusesBodiesThatAreNotWhatWasAskedFor) {
    auto github = listed_repository::with(42);
    walk_job job{input(0), {}};
    EXPECT_TRUE(job.take({json::array{}}).has_error());
    ASSERT_TRUE(job.take(github.answer(*job.next())));
    EXPECT_TRUE(job.take({json::object{}}).has_error());
    EXPECT_EQ(job.next(), fetch_step{1});
}

}  // namespace
}  // namespace conductor::workers::github
