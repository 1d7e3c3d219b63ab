#include <github_fetch/list_job.hpp>

#include "listed_repository.hpp"

#include <boost/json/array.hpp>

#include <gtest/gtest.h>

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

TEST(ListJobTest, GoesOnToGraphQLWhereTheCountSaysSo) {
    auto github = listed_repository::with(40'001);
    auto in = walk_input(0);
    in.since = second(39'950);
    auto const output = walk(github, in);
    EXPECT_EQ(people_of(output), down(40'001, 39'951));
    EXPECT_EQ(github.requests, 1 + 1);
    EXPECT_TRUE(output.at("complete").as_bool());
    EXPECT_TRUE(output.at("last_page").is_null());
}

TEST(ListJobTest, GoesOnToGraphQLWhereGitHubRefusesThePage) {
    auto github = listed_repository::with(420);
    list_job job{walk_input(0), {}};
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_EQ(job.refuse({codes::gh_pagination_limit}), std::nullopt);
    ASSERT_TRUE(github.finish(job));
    EXPECT_EQ(job.source(), fetch_source::graphql);
    EXPECT_EQ(people_of(job.output({})), down(420, 1));
}

TEST(ListJobTest, TakesAnEmptyPageAtTheEndOfReachForItsEnd) {
    auto github = listed_repository::with(39'950);
    github.star(39'951);
    github.pages_max = 399;
    list_job job{walk_input(39'800), {}};
    for (int step = 0; step < 2; ++step) ASSERT_TRUE(github.answer_one(job));
    auto const probe = job.next().front();
    auto const taken = job.take(probe, github.answer(probe));
    ASSERT_TRUE(taken.has_error());
    EXPECT_EQ(taken.error().code, codes::gh_pagination_limit);
    EXPECT_EQ(job.refuse(taken.error()), std::nullopt);
    ASSERT_TRUE(github.finish(job));
    EXPECT_EQ(people_of(job.output({})), down(39'951, 39'801));
}

TEST(ListJobTest, TakesNoEmptyPageAtTheEndOfReachForADayWithoutStars) {
    auto github = listed_repository::with(39'951);
    github.pages_max = 399;
    list_job job{walk_input(39'900), {}};
    ASSERT_TRUE(github.answer_one(job));
    auto const step = job.next().front();
    auto const taken = job.take(step, github.answer(step));
    ASSERT_TRUE(taken.has_error());
    EXPECT_EQ(job.refuse(taken.error()), std::nullopt);
    ASSERT_TRUE(github.finish(job));
    EXPECT_EQ(people_of(job.output({})), down(39'951, 39'901));
}

TEST(ListJobTest, StaysWithinTheSourceThatWasAskedFor) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    in.source = fetch_source::rest;
    list_job job{in, {}};
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_EQ(job.refuse({codes::gh_pagination_limit})->code, codes::gh_pagination_limit);
}

TEST(ListJobTest, HonoursTheOffsetByGraphQL) {
    for (std::int64_t const offset : {0, 1, 100, 119, 120, 420, 500}) {
        auto github = listed_repository::with(420);
        auto in = walk_input(offset);
        in.source = fetch_source::graphql;
        EXPECT_EQ(people_of(walk(github, in)), down(420, offset + 1)) << offset;
        auto again = listed_repository::with(420);
        EXPECT_EQ(loop(again, in), down(420, offset + 1)) << offset;
        EXPECT_LE(again.requests, 5);
    }
}

TEST(ListJobTest, GoesOnByGraphQLWhereAnEarlierClaimLeftOff) {
    auto github = listed_repository::with(420);
    auto in = walk_input(110);
    in.source = fetch_source::graphql;
    list_job first{in, {}};
    for (int step = 0; step < 2; ++step) ASSERT_TRUE(github.answer_one(first));
    list_job second{in, first.progress()};
    ASSERT_TRUE(github.finish(second));
    EXPECT_EQ(people_of(second.output({})), down(420, 111));
    EXPECT_EQ(second.output({}).at("repo").at("id").as_int64(), 77);
    EXPECT_EQ(github.requests, 4);
}

fetch_input forks_input() {
    auto in = walk_input(0);
    in.what = fetch_kind::forks;
    return in;
}

TEST(ListJobTest, ReadsForksNewestFirst) {
    auto github = listed_repository::with(420);
    auto const output = walk(github, forks_input());
    EXPECT_EQ(people_of(output, "forks"), down(420, 1));
    EXPECT_EQ(github.requests, 5);
    EXPECT_EQ(output.at("forks").at(0).at("repo").at("id").as_int64(), 1420);
    EXPECT_EQ(output.at("last_page").as_int64(), 5);
    EXPECT_TRUE(output.at("next_star_offset").is_null());
    EXPECT_TRUE(output.at("complete").as_bool());
}

TEST(ListJobTest, GoesOnWithoutAListThatGitHubRefusesAsTooLarge) {
    auto in = walk_input(0);
    in.what = fetch_kind::contributors;
    list_job job{in, {}};
    EXPECT_FALSE(job.refuse({codes::gh_pagination_limit}));
    EXPECT_TRUE(job.next().empty());
    auto const output = job.output({});
    EXPECT_EQ(output.at("count").as_int64(), 0);
    EXPECT_FALSE(output.at("complete").as_bool());
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "list_too_large");
    EXPECT_TRUE(output.at("next_cursor").is_null());
}

TEST(ListJobTest, KeepsTheForksBeforeTheOnesThatGitHubDoesNotList) {
    auto github = listed_repository::with(420);
    list_job job{forks_input(), {}};
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_TRUE(job.refuse({codes::gh_upstream}));
    EXPECT_FALSE(job.refuse({codes::gh_pagination_limit}));
    auto const output = job.output({});
    EXPECT_EQ(people_of(output, "forks"), down(420, 321));
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "list_too_large");
}

TEST(ListJobTest, StopsForksAtSince) {
    auto github = listed_repository::with(420);
    auto in = forks_input();
    in.since = second(400);
    EXPECT_EQ(people_of(walk(github, in), "forks"), down(420, 401));
    EXPECT_EQ(github.requests, 1);
}

TEST(ListJobTest, CountsAForkOnceThoughNewOnesShiftThePages) {
    auto github = listed_repository::with(42, 5);
    auto in = forks_input();
    in.pages.per_page = 5;
    list_job job{in, {}};
    while (!job.next().empty()) {
        ASSERT_TRUE(github.answer_one(job));
        if (github.requests == 2) github.star(43);
    }
    EXPECT_EQ(people_of(job.output({}), "forks"), down(42, 1));
}

TEST(ListJobTest, AsksAheadOnlyForWhatIsNeeded) {
    struct expected {
        std::optional<std::int64_t> max_pages, max_items, since;
        std::size_t steps;
    };
    for (auto const& one :
         {expected{{}, {}, {}, 4}, expected{3, {}, {}, 2}, expected{{}, 120, {}, 1},
          expected{{}, 121, {}, 2}, expected{{}, {}, 1, 1}, expected{100, 10000, {}, 4}}) {
        auto github = listed_repository::with(1020);
        auto in = walk_input(0);
        in.max_pages = one.max_pages;
        in.max_items = one.max_items;
        if (one.since) in.since = second(*one.since);
        list_job job{in, {}};
        EXPECT_EQ(job.next().size(), 1u);
        ASSERT_TRUE(github.answer_one(job));
        EXPECT_EQ(job.next().size(), 1u);
        ASSERT_TRUE(github.answer_one(job));
        EXPECT_EQ(job.next().size(), one.steps);
        EXPECT_EQ(job.next().front().page, 10);
    }
}

TEST(ListJobTest, AsksAheadForNoPageBelowTheOffset) {
    auto github = listed_repository::with(420);
    list_job job{walk_input(250), {}};
    for (int step = 0; step < 2; ++step) ASSERT_TRUE(github.answer_one(job));
    EXPECT_EQ(job.next(), (std::vector{fetch_step{.where = endpoint::stargazers, .page = 4},
                                       fetch_step{.where = endpoint::stargazers, .page = 3}}));
}

TEST(ListJobTest, NamesWhatItHasSeenByTheETagOfTheNewestPage) {
    auto github = listed_repository::with(420);
    EXPECT_EQ(walk(github, walk_input(0)).at("etag").as_string(), "\"page 5\"");
    // The next star changes another page.
    auto full = listed_repository::with(400);
    EXPECT_TRUE(walk(full, walk_input(0)).at("etag").is_null());
}

TEST(ListJobTest, SendsTheETagWithTheFirstPageOnly) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    in.etag = "\"old\"";
    list_job job{in, {}};
    EXPECT_EQ(job.next().front().etag, "");
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_EQ(job.next().front().etag, "\"old\"");
    ASSERT_TRUE(github.answer_one(job));
    for (auto const& step : job.next()) EXPECT_EQ(step.etag, "");
}

TEST(ListJobTest, IsDoneWhenNothingHasChanged) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    in.etag = "\"page 5\"";
    list_job job{in, {}};
    ASSERT_TRUE(github.answer_one(job));
    ASSERT_TRUE(job.take(job.next().front(), {.body = nullptr, .status = 304}));
    EXPECT_TRUE(job.next().empty());
    auto const output = job.output({});
    EXPECT_TRUE(output.at("not_modified").as_bool());
    EXPECT_EQ(output.at("count").as_int64(), 0);
    EXPECT_TRUE(output.at("complete").as_bool());
    EXPECT_TRUE(output.at("next_cursor").is_null());
    EXPECT_EQ(output.at("etag").as_string(), "\"page 5\"");
}

TEST(ListJobTest, EndsOnARestrictedListUnlessTheFeedIsWanted) {
    auto github = listed_repository::with(420);
    auto in = walk_input(0);
    list_job failing{in, {}};
    ASSERT_TRUE(github.answer_one(failing));
    auto const why = failing.refuse({codes::gh_stargazers_restricted, "restricted"});
    ASSERT_TRUE(why);
    EXPECT_NE(why->message.find("on_restricted: events"), std::string::npos) << why->message;

    in.events_when_restricted = true;
    list_job job{in, {}};
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_EQ(job.refuse({codes::gh_stargazers_restricted}), std::nullopt);
    EXPECT_EQ(job.source(), fetch_source::events);
    EXPECT_EQ(job.next(), (std::vector{fetch_step{.where = endpoint::events, .page = 1}}));
    list_job const resumed{in, job.progress()};
    EXPECT_EQ(resumed.next(), job.next());
}

TEST(ListJobTest, EndsOnAnyOtherRefusal) {
    auto in = walk_input(0);
    in.events_when_restricted = true;
    list_job job{in, {}};
    EXPECT_EQ(job.refuse({codes::gh_not_found})->code, codes::gh_not_found);
    auto github = listed_repository::with(420);
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_EQ(job.refuse({codes::gh_upstream})->code, codes::gh_upstream);
}

TEST(ListJobTest, ReadsTheFeedWholeWhateverTheLimit) {
    auto in = walk_input(0);
    in.source = fetch_source::events;
    in.max_pages = 1;
    list_job job{in, {}};
    github_answer page{json::array{}};
    page.links = {.next = 2, .last = 2};
    json::object const event{{"type", "WatchEvent"},
                             {"created_at", "1970-01-01T00:00:07Z"},
                             {"actor", {{"login", "ada"}, {"id", 3}}},
                             {"payload", {{"action", "started"}}},
                             {"repo", {{"id", 77}, {"name", "netflix/conductor"}}}};
    page.body = json::array{event};
    ASSERT_TRUE(job.take(job.next().front(), page));
    EXPECT_FALSE(job.can_be_cut());
    ASSERT_EQ(job.next(), (std::vector{fetch_step{.where = endpoint::events, .page = 2}}));
    page.links = {};
    ASSERT_TRUE(job.take(job.next().front(), page));
    EXPECT_TRUE(job.next().empty());
    auto const output = job.output({});
    EXPECT_EQ(people_of(output), (std::vector<std::int64_t>{3}));
    EXPECT_EQ(output.at("repo").at("id").as_int64(), 77);
    EXPECT_FALSE(output.at("complete").as_bool());
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "events_window");
}

TEST(ListJobTest, CanBeCutOnceItHasReadSomething) {
    auto github = listed_repository::with(420);
    list_job job{walk_input(0), {}};
    EXPECT_FALSE(job.can_be_cut());
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_FALSE(job.can_be_cut());
    ASSERT_TRUE(github.answer_one(job));
    EXPECT_TRUE(job.can_be_cut());
}

}  // namespace
}  // namespace conductor::workers::github
