#include "daemon_process.hpp"

#include "fakes/fake_conductor.hpp"
#include "support/temporary_folder.hpp"

#include <conductor/error.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

namespace asio = boost::asio;

class RunTest : public testing::Test {
protected:
    std::string config(std::string const& more = {}) const {
        return folder.write("w.yaml", "server: { url: \"" + server.url() + "\" }\n" +
                                          "workers: { star_filter: { poll_timeout_ms: 50 } }\n" +
                                          "admin: { listen: 127.0.0.1:0 }\n" + more);
    }

    // All that an endpoint of a started daemon answers.
    static std::string answer(std::string const& started, std::string const& path) {
        auto const at = started.find("health=127.0.0.1:") + 17;
        auto const port = static_cast<std::uint16_t>(std::stoi(started.substr(at)));
        asio::io_context loop;
        asio::ip::tcp::socket socket{loop};
        socket.connect({asio::ip::make_address("127.0.0.1"), port});
        asio::write(socket, asio::buffer("GET " + path + " HTTP/1.1\r\n\r\n"));
        std::string text;
        error_code end;
        asio::read(socket, asio::dynamic_buffer(text), end);
        return text;
    }

    // The status that an endpoint of a started daemon answers.
    static int ask(std::string const& started, std::string const& path) {
        return std::stoi(answer(started, path).substr(9, 3));
    }

    // Whether an endpoint comes to answer a status, within so many questions.
    static bool comes_to(std::string const& started, std::string const& path, int status) {
        for (int question = 0; question < 100'000; ++question)
            if (ask(started, path) == status) return true;
        return false;
    }

    temporary_folder folder;
    fake_conductor server;
};

boost::json::object no_stars() {
    return boost::json::parse(R"({"activity_name": "starred", "gh_account": "a", "gh_repo": "b",
        "cutoff": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z", "stars": []})")
        .as_object();
}

TEST_F(RunTest, ServesTasksAndDrainsOnSigterm) {
    daemon_process daemon{{"run", "--config", config()}};
    auto const started = daemon.wait_for_line(" started ");
    ASSERT_NE(started.find("types=star_filter"), std::string::npos) << started;
    auto const id = server.enqueue({.type = "star_filter", .input = no_stars()});
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_NE(daemon.wait_for_line("task completed").find(id), std::string::npos);
    EXPECT_TRUE(comes_to(started, "/health/ready", 200));
    EXPECT_EQ(ask(started, "/health/live"), 200);
    EXPECT_EQ(ask(started, "/metrics"), 200);
    EXPECT_EQ(ask(started, "/elsewhere"), 404);
    daemon.signal(SIGTERM);
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
    EXPECT_NE(rest.find("stopping"), std::string::npos) << rest;
    EXPECT_NE(rest.find(" stopped"), std::string::npos) << rest;
}

TEST_F(RunTest, AServerThatIsAwayLeavesItLiveUnreadyAndWaiting) {
    server.http().go_down();
    daemon_process daemon{{"run", "--config", config()}};
    auto const started = daemon.wait_for_line(" started ");
    EXPECT_NE(daemon.wait_for_line("cannot poll the server"), "");
    EXPECT_EQ(ask(started, "/health/live"), 200);
    EXPECT_EQ(ask(started, "/health/ready"), 503);
    server.http().go_up();
    EXPECT_NE(daemon.wait_for_line("the server answers again"), "");
    EXPECT_TRUE(comes_to(started, "/health/ready", 200));
    daemon.signal(SIGTERM);
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
}

TEST_F(RunTest, ShowsWhatItDoesAsMetrics) {
    daemon_process daemon{
        {"run", "--config",
         config("outbox: { mode: always, path: " + folder.path("outbox.db") + " }\n")}};
    auto const started = daemon.wait_for_line(" started ");
    auto const id = server.enqueue({.type = "star_filter", .input = no_stars()});
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_NE(daemon.wait_for_line("task completed").find(id), std::string::npos);
    auto const metrics = answer(started, "/metrics");
    for (auto const* const line : {"Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n",
                                   "task_execution_started_total{taskType=\"star_filter\"} 1\n",
                                   "conductor_results_stored_total{taskType=\"star_filter\"} 1\n",
                                   "conductor_slots{domain=\"\",taskType=\"star_filter\"} 2\n",
                                   "conductor_circuit_open 0\n"})
        EXPECT_NE(metrics.find(line), std::string::npos) << line << metrics;
    daemon.signal(SIGTERM);
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
}

TEST_F(RunTest, ShowsHowManyTasksWait) {
    for (int task = 0; task < 3; ++task) server.enqueue({.type = "star_filter"});
    daemon_process daemon{
        {"run", "--config",
         folder.write("w.yaml", "server: { url: \"" + server.url() + "\" }\n" +
                                    "workers: { star_filter: { paused: true } }\n" +
                                    "admin: { listen: 127.0.0.1:0, queue_depth_seconds: 1 }\n")}};
    auto const started = daemon.wait_for_line(" started ");
    bool shown = false;
    for (int question = 0; question < 100'000 && !shown; ++question)
        shown =
            answer(started, "/metrics")
                .find("conductor_queue_depth{taskType=\"star_filter\"} 3\n") != std::string::npos;
    EXPECT_TRUE(shown);
    daemon.signal(SIGTERM);
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
}

#ifdef CONDUCTOR_SANITIZED
constexpr bool memory_tells = false;  // a sanitizer keeps what was freed
#else
constexpr bool memory_tells = true;
#endif

TEST_F(RunTest, ThousandsOfTasksLeaveItsMemoryAsItWas) {
    if (!memory_tells) GTEST_SKIP();
    daemon_process daemon{{"run", "--config", config()}};
    ASSERT_NE(daemon.wait_for_line(" started "), "");
    auto const work_off = [&](int hundreds) {
        for (int task = 0; task < hundreds * 100; ++task) {
            server.enqueue({.type = "star_filter", .input = no_stars()});
            if (task % 100 != 99) continue;
            // Nobody reads its log meanwhile, and a pipe does not hold much.
            for (int lines = 0; lines < 100; ++lines) daemon.wait_for_line("task completed");
        }
        return daemon.resident_kilobytes();
    };
    auto const before = work_off(5);
    EXPECT_LT(work_off(20), before + 1024) << "from " << before;
    daemon.signal(SIGTERM);
    auto const rest = daemon.rest();
    EXPECT_EQ(daemon.wait(), 0) << rest;
}

TEST_F(RunTest, AnOutboxThatIsNoneIsExitStatus2) {
    auto const file = folder.write("lines.txt", std::string(4096, 'x'));
    daemon_process daemon{
        {"run", "--config", config("outbox: { mode: on_failure, path: " + file + " }\n")}};
    auto const text = daemon.rest();
    EXPECT_EQ(daemon.wait(), 2);
    EXPECT_NE(text.find("outbox " + file + ": it is the file of something else"), std::string::npos)
        << text;
}

TEST_F(RunTest, LogsJsonWhenAsked) {
    daemon_process daemon{{"run", "--config", config("log: { format: json }\n")}};
    auto const line = boost::json::parse(daemon.wait_for_line("\"started\""));
    EXPECT_EQ(line.at("types"), "star_filter");
    daemon.signal(SIGINT);
    daemon.rest();
    EXPECT_EQ(daemon.wait(), 0);
}

TEST_F(RunTest, AListenAddressInUseIsExitStatus2) {
    auto const address = "127.0.0.1:" + std::to_string(server.http().port());
    auto const file =
        folder.write("w.yaml", "workers: { star_filter: }\nadmin: { listen: " + address + " }\n");
    daemon_process daemon{{"run", "--config", file}};
    auto const text = daemon.rest();
    EXPECT_EQ(daemon.wait(), 2);
    EXPECT_NE(text.find("admin.listen: cannot listen on 127.0.0.1:"), std::string::npos) << text;
}

}  // namespace
}  // namespace conductor::test
