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
    in.page = 2;
    return in;
}

TEST(FetchJobTest, IsMadeForWhatIsWanted) {
    EXPECT_EQ(make_job(input(fetch_kind::repository), {})->next(), fetch_step{});
    EXPECT_EQ(make_job(input(fetch_kind::star_page), {})->next(), fetch_step{2});
    EXPECT_EQ(make_job(input(fetch_kind::all_stars), {})->next(), fetch_step{});
}

TEST(FetchJobTest, TakesUpProgressOfAWalk) {
    auto github = test::listed_repository::with(420);
    auto const first = make_job(input(fetch_kind::all_stars), {});
    for (int step = 0; step < 2; ++step) ASSERT_TRUE(first->take(github.answer(*first->next())));
    auto const second = make_job(input(fetch_kind::all_stars), first->progress());
    EXPECT_EQ(second->next(), fetch_step{4});
}

}  // namespace
}  // namespace conductor::workers::github
