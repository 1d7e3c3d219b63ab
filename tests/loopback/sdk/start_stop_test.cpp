#include "loopback/sdk/runtime_case.hpp"

#include <chrono>
#include <random>

namespace conductor::test {
namespace {

constexpr std::uint32_t rounds = 70;
constexpr int changes_a_round = 40;

awaitable<task_result> complete(task_context&) { co_return task_result::completed(); }

// What an operator may do while the runtime runs; in the end every type is served.
void change(runtime& changed, std::uint32_t seed) {
    std::mt19937 choose{seed};
    for (int i = 0; i < changes_a_round; ++i) {
        auto const* const type = choose() % 2 == 0 ? "blocking" : "coroutine";
        switch (choose() % 3) {
            case 0: changed.pause(type); break;
            case 1: changed.resume(type); break;
            default: changed.set_slots(type, 1 + choose() % 4);
        }
        std::this_thread::yield();
    }
    for (auto const* const type : {"blocking", "coroutine"}) changed.resume(type);
}

// Starts and stops runtimes under load, at another moment and in another way each time.
class StartStopTest : public runtime_case {
protected:
    std::unique_ptr<runtime> make_served(std::shared_ptr<door> const& closed) {
        auto served = make_runtime(server_);
        worker_options const options{.slots = 2, .poll_timeout = std::chrono::milliseconds{5}};
        served->add(
            "blocking", [] {}, options);
        served->add("coroutine", complete, options);
        served->add(
            "patient", [closed](task_context& context) { closed->wait(context.stop_token()); },
            options);
        return served;
    }

    void run_and_stop(std::uint32_t round) {
        auto const closed = std::make_shared<door>();
        auto const served = make_served(closed);
        auto const before = observer_->count(event_kind::started);
        background_run run{*served};
        std::jthread const changes{change, std::ref(*served), round};
        EXPECT_TRUE(observer_->wait_for(event_kind::started, before + round % 7));
        if (round % 4 != 3) closed->open();
        if (round % 4 == 1) served->drain();
        if (round % 4 >= 2) served->abort();
        EXPECT_TRUE(run.stop().clean()) << "round " << round;
    }

    fake_conductor server_{{.honour_delays = false}};
};

TEST_F(StartStopTest, NothingIsLostWheneverItIsStopped) {
    std::vector<std::string> ids;
    for (std::uint32_t round = 0; round < rounds; ++round) {
        for (auto const* const type : {"blocking", "coroutine", "patient"})
            for (auto& id : enqueue(server_, type, 2)) ids.push_back(std::move(id));
        run_and_stop(round);
        for (auto const& id : ids)
            ASSERT_NE(server_.task(id).at("status"), "IN_PROGRESS") << "round " << round;
    }
    auto const open = std::make_shared<door>();
    open->open();
    auto const last = make_served(open);
    background_run run{*last};
    EXPECT_TRUE(server_.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
}

}  // namespace
}  // namespace conductor::test
