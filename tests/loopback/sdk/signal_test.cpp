#include "loopback/sdk/runtime_case.hpp"

#include <csignal>
#include <future>
#include <stdexcept>

#include <unistd.h>

namespace conductor::test {
namespace {

// `run()` as a program calls it: it heeds the process's signals.
struct SignalLoopbackTest : runtime_case {
    std::future<int> run_as_program(runtime& served) {
        return std::async(std::launch::async, [&served] { return served.run(); });
    }
};

TEST_F(SignalLoopbackTest, TheFirstLetsHandlersFinishAndReportsThem) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&] { closed.wait(); });
    auto const id = server.enqueue({.type = "work"});
    auto status = run_as_program(*runtime);
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    ::kill(::getpid(), SIGTERM);
    ASSERT_TRUE(observer_->wait_for(event_kind::draining));
    closed.open();
    EXPECT_EQ(status.get(), 0);
    EXPECT_EQ(server.task(id).at("status"), "COMPLETED");
}

TEST_F(SignalLoopbackTest, TheSecondCutsHandlersOffAndTheirTasksGoBack) {
    fake_conductor server{{.honour_delays = false}};
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&](task_context& context) {
        if (!closed.wait(context.stop_token())) throw std::runtime_error{"cut off"};
    });
    auto const id = server.enqueue({.type = "work"});
    auto status = run_as_program(*runtime);
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    ::kill(::getpid(), SIGTERM);
    ASSERT_TRUE(observer_->wait_for(event_kind::draining));
    ::kill(::getpid(), SIGTERM);
    EXPECT_EQ(status.get(), 0);
    EXPECT_EQ(server.task(id).at("status"), "SCHEDULED");
}

}  // namespace
}  // namespace conductor::test
