#include <github_fetch/fetch_job.hpp>

#include "listed_repository.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

fetch_input input(fetch_kind what) {
    fetch_input in;
    in.what = what;
    in.account = "netflix";
    in.name = "conductor";
    return in;
}

fetch_step first_of(fetch_input const& in) { return make_job(in, {})->next().front(); }

TEST(FetchJobTest, IsMadeForWhatIsWanted) {
    EXPECT_EQ(first_of(input(fetch_kind::repository)), fetch_step{});
    EXPECT_EQ(first_of(input(fetch_kind::stars)), fetch_step{});
    EXPECT_EQ(first_of(input(fetch_kind::forks)),
              (fetch_step{.where = endpoint::forks, .page = 1}));
    EXPECT_EQ(first_of(input(fetch_kind::contributors)),
              (fetch_step{.where = endpoint::contributors, .page = 1}));
}

TEST(FetchJobTest, IsMadeForThePageThatIsWanted) {
    auto in = input(fetch_kind::stars);
    in.page = 2;
    EXPECT_EQ(first_of(in), (fetch_step{.where = endpoint::stargazers, .page = 2}));
}

TEST(FetchJobTest, IsMadeForTheSourceThatIsWanted) {
    auto in = input(fetch_kind::stars);
    in.source = fetch_source::graphql;
    EXPECT_EQ(first_of(in), (fetch_step{.where = endpoint::graphql}));
    in.source = fetch_source::events;
    EXPECT_EQ(first_of(in), (fetch_step{.where = endpoint::events, .page = 1}));
    in.source = fetch_source::history;
    EXPECT_EQ(first_of(in), (fetch_step{.where = endpoint::history, .page = 1}));
}

TEST(FetchJobTest, TakesUpProgressOfAWalk) {
    auto github = test::listed_repository::with(420);
    auto const first = make_job(input(fetch_kind::stars), {});
    for (int step = 0; step < 2; ++step) ASSERT_TRUE(github.answer_one(*first));
    auto const second = make_job(input(fetch_kind::stars), first->progress());
    EXPECT_EQ(second->next().front(), (fetch_step{.where = endpoint::stargazers, .page = 4}));
}

}  // namespace
}  // namespace conductor::workers::github
