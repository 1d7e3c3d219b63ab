#include "loopback/sdk/runtime_case.hpp"

#include <algorithm>

namespace conductor::test {
namespace {

using SlotsLoopbackTest = runtime_case;
namespace json = boost::json;

TEST_F(SlotsLoopbackTest, NoMoreTasksAreClaimedThanThereAreSlots) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&] { closed.wait(); }, {.slots = 3});
    background_run run{*runtime};
    auto const ids = enqueue(server, "work", 12);
    ASSERT_TRUE(closed.wait_for_arrivals(3));
    closed.open();
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_EQ(server.claimed_max("work"), 3u);
    EXPECT_TRUE(run.stop().clean());
}

TEST_F(SlotsLoopbackTest, FullTypeDoesNotHoldUpAnother) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("slow", [&] { closed.wait(); });
    runtime->add("fast", [] {});
    background_run run{*runtime};
    auto const slow = server.enqueue({.type = "slow"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    EXPECT_TRUE(server.wait_for_statuses(enqueue(server, "fast", 5), "COMPLETED"));
    closed.open();
    EXPECT_TRUE(server.wait_for_status(slow, "COMPLETED"));
}

TEST_F(SlotsLoopbackTest, AHundredAndFiftyTypesAreAllServed) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    std::vector<std::string> types;
    for (int number = 0; number < 150; ++number) types.push_back("type_" + std::to_string(number));
    for (auto const& type : types) runtime->add(type, [] {});
    background_run run{*runtime};
    // Of one type there is always more to do: the others have their turn all the same.
    auto ids = enqueue(server, types.front(), 100);
    for (auto const& type : types) ids.push_back(server.enqueue({.type = type}));
    EXPECT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
}

TEST_F(SlotsLoopbackTest, BacklogIsWorkedOffByUpdateAndPoll) {
    fake_conductor server;
    auto const ids = enqueue(server, "work", 40);
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {}, {.slots = 2});
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_LE(requests_to(server, "/api/tasks/poll/batch/work"), 10u);
    EXPECT_GE(requests_to(server, "/api/tasks/update-v2"), 30u);
    EXPECT_EQ(server.claimed_max("work"), 2u);
    EXPECT_EQ(observer_->count(event_kind::updated), 40u);
}

TEST_F(SlotsLoopbackTest, WithoutBacklogTheUpdateDoesNotPoll) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&] { closed.wait(); }, {.slots = 2});
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    // The poll for the second slot, which comes back empty.
    auto const polls = observer_->events(event_kind::polled);
    auto const full = std::ranges::find(polls, 1u, &event::count);
    auto const polls_before = static_cast<std::size_t>(full - polls.begin());
    ASSERT_TRUE(observer_->wait_for(event_kind::polled, polls_before + 2));
    closed.open();
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    ASSERT_EQ(server.updates().size(), 1u);
    EXPECT_EQ(server.updates().front().version, 1);
}

class UnknownUpdateV2Test : public runtime_case, public ::testing::WithParamInterface<int> {};

TEST_P(UnknownUpdateV2Test, PlainUpdateIsUsedFromThenOn) {
    fake_conductor server{{.update_v2_status = GetParam()}};
    auto const ids = enqueue(server, "work", 8);
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_EQ(requests_to(server, "/api/tasks/update-v2"), 1u);
    EXPECT_EQ(requests_to(server, "/api/tasks"), 8u);
    EXPECT_EQ(observer_->count(event_kind::update_lost), 0u);
}

INSTANTIATE_TEST_SUITE_P(Statuses, UnknownUpdateV2Test, ::testing::Values(404, 405, 501),
                         [](auto const& tested) {
                             return "Status" + std::to_string(tested.param);
                         });

}  // namespace
}  // namespace conductor::test
