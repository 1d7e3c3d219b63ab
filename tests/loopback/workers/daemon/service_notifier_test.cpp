#include "daemon_process.hpp"
#include "notify_receiver.hpp"

#include "fakes/fake_conductor.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <cstdlib>

namespace conductor::test {
namespace {

// The daemon as systemd starts it.
class ServiceNotifierTest : public testing::Test {
protected:
    ~ServiceNotifierTest() override {
        ::unsetenv("NOTIFY_SOCKET");
        ::unsetenv("WATCHDOG_USEC");
    }

    std::string write(std::string const& worker, std::string const& more = {}) const {
        return folder.write("w.yaml", "server: { url: \"" + server.url() + "\" }\n" +
                                          "workers: { star_filter: { " + worker + " } }\n" +
                                          "admin: { listen: 127.0.0.1:0 }\n" + more);
    }
    static void ask_for(std::string const& socket, std::string const& watchdog) {
        ::setenv("NOTIFY_SOCKET", socket.c_str(), 1);
        ::setenv("WATCHDOG_USEC", watchdog.c_str(), 1);
    }
    temporary_folder folder;
    fake_conductor server;
    notify_receiver systemd{folder.path("notify")};
};

TEST_F(ServiceNotifierTest, TellsOfStartLifeAndStop) {
    ask_for(folder.path("notify"), "200000");
    daemon_process daemon{{"run", "--config", write("poll_timeout_ms: 50")}};
    EXPECT_NE(systemd.wait_for("STATUS=starting: star_filter was not polled yet"), "");
    auto const up = systemd.wait_for("READY=1");
    EXPECT_NE(up.find("STATUS=ready, 0 tasks in flight"), std::string::npos) << up;
    for (int sign = 0; sign < 5; ++sign) EXPECT_NE(systemd.wait_for("WATCHDOG=1"), "");
    daemon.signal(SIGTERM);
    EXPECT_NE(systemd.wait_for("STOPPING=1"), "");
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
}

TEST_F(ServiceNotifierTest, AServerThatIsAwayIsNoReasonNotToBeUp) {
    server.http().go_down();
    ask_for(folder.path("notify"), "200000");
    daemon_process daemon{{"run", "--config", write("poll_timeout_ms: 50")}};
    auto const up = systemd.wait_for("READY=1");
    EXPECT_NE(up.find("STATUS=not ready, 0 tasks in flight: the last poll of star_filter failed"),
              std::string::npos)
        << up;
    for (int sign = 0; sign < 5; ++sign) EXPECT_NE(systemd.wait_for("WATCHDOG=1"), "");
    server.http().go_up();
    EXPECT_NE(systemd.wait_for("STATUS=ready"), "");
    daemon.stop();
}

TEST_F(ServiceNotifierTest, FramesAReloadAndSaysWhenItWasNotTaken) {
    std::string const name = "@conductor-test-" + std::to_string(::getpid());
    notify_receiver abstract{name};
    ask_for(name, "60000000");
    daemon_process daemon{{"run", "--config", write("slots: 2")}};
    EXPECT_NE(abstract.wait_for("READY=1"), "");

    write("slots: 3");
    daemon.signal(SIGHUP);
    auto const begun = abstract.wait_for("RELOADING=1");
    EXPECT_NE(begun.find("\nMONOTONIC_USEC="), std::string::npos) << begun;
    EXPECT_EQ(abstract.receive(), "READY=1");

    write("slots: many");
    daemon.signal(SIGHUP);
    EXPECT_NE(abstract.wait_for("RELOADING=1"), "");
    EXPECT_EQ(abstract.receive(), "READY=1");
    EXPECT_NE(abstract.wait_for("STATUS=the changed configuration was not taken"), "");
    daemon.stop();
}

TEST_F(ServiceNotifierTest, AStopAsksForTimeUntilItsTasksAreDelivered) {
    ask_for(folder.path("notify"), "60000000");
    daemon_process daemon{{"run", "--config", write("poll_timeout_ms: 50")}};
    EXPECT_NE(systemd.wait_for("READY=1"), "");
    auto const held = server.http().make_gate();
    server.http().answer_next({.hold = held}, "/api/tasks/update-v2");
    server.http().answer_next({.hold = held}, "/api/tasks");
    auto const input = boost::json::parse(R"({"activity_name": "starred", "gh_account": "a",
        "gh_repo": "b", "cutoff": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z",
        "stars": []})");
    server.enqueue({.type = "star_filter", .input = input.as_object()});
    EXPECT_NE(systemd.wait_for("STATUS=ready, 1 task in flight"), "");
    daemon.signal(SIGTERM);
    auto const stopping = systemd.wait_for("STOPPING=1");
    EXPECT_NE(stopping.find("EXTEND_TIMEOUT_USEC=10000000"), std::string::npos) << stopping;
    EXPECT_NE(stopping.find("STATUS=stopping, 1 task in flight"), std::string::npos) << stopping;
    EXPECT_NE(systemd.wait_for("EXTEND_TIMEOUT_USEC="), "");
    held->open();
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
}

TEST_F(ServiceNotifierTest, AConfigurationThatCannotBeUsedSaysNothingAndIsExitStatus2) {
    ask_for(folder.path("notify"), "60000000");
    daemon_process daemon{{"run", "--config", write("slots: many")}};
    auto const text = daemon.rest();
    EXPECT_EQ(daemon.wait(), 2);
    EXPECT_NE(text.find("w.yaml:2:34: workers.star_filter.slots: \"many\" is not a whole number"),
              std::string::npos)
        << text;
}

TEST_F(ServiceNotifierTest, NobodyAtTheSocketIsSaidOnceAndDisturbsNothing) {
    ask_for(folder.path("nobody"), "200000");
    daemon_process daemon{{"run", "--config", write("poll_timeout_ms: 50")}};
    EXPECT_NE(daemon.wait_for_line("systemd cannot be told how this service is"), "");
    EXPECT_NE(daemon.wait_for_line(" started "), "");
    daemon.signal(SIGTERM);
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
    EXPECT_EQ(rest.find("cannot be told"), std::string::npos) << rest;
}

}  // namespace
}  // namespace conductor::test
