#include "github_pages.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using conductor::test::gate;
using conductor::test::http_answer;
using conductor::test::http_request;
using std::chrono::seconds;
using test::down;
using test::github_bench;
using test::github_pages;
using test::people_of;

// GitHub with an answer in place of some page's, for once.
struct one_page_differs {
    std::string page;
    http_answer answer;
    std::shared_ptr<std::atomic<int>> times = std::make_shared<std::atomic<int>>(1);

    http_answer operator()(http_request const& request) const {
        bool const is_it = request.query("page") == page && times->fetch_sub(1) > 0;
        return is_it ? answer : github_pages::answer(request);
    }
};

// GitHub that answers no page but the last before the gate opens.
struct held_pages {
    std::string last;
    std::shared_ptr<std::shared_ptr<gate>> door;

    http_answer operator()(http_request const& request) const {
        auto made = github_pages::answer(request);
        auto const page = request.query("page");
        if (page && *page != last) made.hold = *door;
        return made;
    }
};

TEST(ParallelPagesTest, AreAskedForFourAtATime) {
    auto const door = std::make_shared<std::shared_ptr<gate>>();
    github_bench bench{held_pages{"21", door}};
    *door = bench.server.make_gate();
    std::size_t arrived = 0;
    std::thread opener{[&] {
        (*door)->wait_for_arrivals(4);
        arrived = bench.server.requests().size();
        (*door)->open();
    }};
    auto const got = bench.run({{"per_page", 20}, {"star_offset", 0}});
    opener.join();
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 1));
    EXPECT_EQ(arrived, 2u + 4u);
    EXPECT_EQ(got.output().at("requests").as_int64(), 1 + 21);
}

TEST(ParallelPagesTest, AreTakenInOrderWhateverArrivesFirst) {
    auto late = std::make_shared<http_answer>(github_pages::page(4));
    github_bench bench{[late](http_request const& request) {
        return request.query("page") == "4" ? *late : github_pages::answer(request);
    }};
    late->hold = bench.server.make_gate();
    std::thread opener{[&] {
        bench.server.wait_for_requests(6);
        late->hold->open();
    }};
    auto const got = bench.run({});
    opener.join();
    EXPECT_EQ(people_of(got.output()), down(420, 1));
    EXPECT_EQ(got.output().at("requests").as_int64(), 6);
}

TEST(ParallelPagesTest, HandBackAllThatCameBeforeALimit) {
    github_bench bench{
        one_page_differs{"2", github_pages::error(429, "slow down", {{"Retry-After", "90"}})}};
    auto const first = bench.run({});
    ASSERT_EQ(first.status(), task_status::in_progress) << first.reason();
    EXPECT_EQ(first.delay(), seconds{90});
    EXPECT_EQ(people_of(first.output()), down(420, 201));
    auto const second = bench.run({}, first.output());
    ASSERT_EQ(second.status(), task_status::completed) << second.reason();
    EXPECT_EQ(people_of(second.output()), down(420, 1));
}

TEST(ParallelPagesTest, AreNotAskedForAgainAfterAShortWait) {
    github_bench bench{
        one_page_differs{"4", github_pages::error(429, "slow down", {{"Retry-After", "1"}})}};
    auto const got = bench.run({});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 1));
    EXPECT_EQ(got.output().at("requests").as_int64(), 6 + 1);
}

TEST(ParallelPagesTest, FailWithTheFirstPageThatIsBad) {
    github_bench bench{one_page_differs{"3", {.body = "[{}]"}}};
    auto const got = bench.run({});
    EXPECT_EQ(got.status(), task_status::failed);
    EXPECT_EQ(got.reason(), "GH_BAD_BODY: /0/starred_at: expected a text");
}

TEST(ParallelPagesTest, EndWithTheStop) {
    auto const door = std::make_shared<std::shared_ptr<gate>>();
    github_bench bench{held_pages{"5", door}};
    *door = bench.server.make_gate();
    std::thread stopper{[&] {
        (*door)->wait_for_arrivals(4);
        bench.stop.request_stop();
    }};
    auto const got = bench.run({});
    stopper.join();
    ASSERT_EQ(got.status(), task_status::in_progress) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 401));
}

TEST(ParallelPagesTest, AreNotAskedForBeyondALimitOfRows) {
    github_bench bench;
    auto const got = bench.run({{"max_items", 220}});
    EXPECT_EQ(people_of(got.output()), down(420, 201));
    EXPECT_EQ(got.output().at("requests").as_int64(), 4);
}

TEST(ParallelPagesTest, AreOneByOneWhereTheNextMayNotBeNeeded) {
    github_bench bench;
    auto const got = bench.run({{"since", "1970-01-01T00:06:00Z"}});
    EXPECT_EQ(people_of(got.output()), down(420, 361));
    EXPECT_EQ(got.output().at("requests").as_int64(), 3);
}

TEST(ParallelPagesTest, OfForksAreReadInOrder) {
    github_bench bench;
    auto const got = bench.run({{"what", "forks"}});
    EXPECT_EQ(people_of(got.output(), "forks"), down(420, 1));
    EXPECT_EQ(got.output().at("requests").as_int64(), 5);
}

}  // namespace
}  // namespace conductor::workers
