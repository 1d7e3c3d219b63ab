#include <conductor/testing/fake_server.hpp>

#include <conductor/conductor.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace conductor::test {

namespace {

namespace json = boost::json;

// A runtime with three types, on a thread of its own.
class served_types {
public:
    explicit served_types(fake_server const& server) : runtime_(server.client()) {
        runtime_.add("echo", [](json::object const& in, task_context& context) {
            context.log("heard");
            return in;
        });
        runtime_.add("fail", [] { return task_result::failed("no luck"); });
        runtime_.add("twice", [](task_context& context) {
            return context.previous_output().empty()
                       ? task_result::call_back_after(std::chrono::hours{1}, {{"begun", true}})
                       : task_result::completed(context.previous_output());
        });
        thread_ = std::jthread{[this](std::stop_token stop) { runtime_.run(stop); }};
    }

private:
    runtime runtime_;
    std::jthread thread_;
};

}  // namespace

TEST(FakeServerTest, HandsOutATaskAndKeepsItsResult) {
    fake_server server;
    served_types const served{server};
    auto const id = server.enqueue({.type = "echo", .input = {{"said", "hello"}}});
    auto const ended = server.wait_for_end(id);
    EXPECT_EQ(ended.status(), "COMPLETED");
    EXPECT_EQ(ended.output(), (json::object{{"said", "hello"}}));
    EXPECT_EQ(server.log(id), std::vector<std::string>{"heard"});
    EXPECT_EQ(server.task(id), ended);
}

TEST(FakeServerTest, TriesAFailedTaskAgainAsItsDefinitionSays) {
    fake_server server;
    server.define_task({{"name", "fail"}, {"retryCount", 1}, {"retryDelaySeconds", 60}});
    served_types const served{server};
    auto const id = server.enqueue({.type = "fail"});
    EXPECT_EQ(server.wait_for_end(id).reason(), "no luck");
    auto const attempts = server.workflow_of(id);
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(server.wait_for_end(std::string{attempts[1].id()}).status(), "FAILED");
    EXPECT_EQ(server.workflow_of(id).size(), 2U);
}

TEST(FakeServerTest, DoesNotWaitBeforeATaskComesBack) {
    fake_server server;
    served_types const served{server};
    auto const ended = server.wait_for_end(server.enqueue({.type = "twice"}));
    EXPECT_EQ(ended.output(), (json::object{{"begun", true}}));
    EXPECT_EQ(ended.poll_count(), 2);
}

TEST(FakeServerTest, ServesAWorkerWithoutTheNewerUpdate) {
    fake_server server{{.knows_update_v2 = false}};
    served_types const served{server};
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(server.enqueue({.type = "echo"}));
    for (auto const& id : ids) EXPECT_EQ(server.wait_for_end(id).status(), "COMPLETED");
}

TEST(FakeServerTest, AsksForTheAccessKeyThatItWasGiven) {
    fake_server server{{.auth_key = "key", .auth_secret = "secret"}};
    served_types const served{server};
    EXPECT_EQ(server.wait_for_end(server.enqueue({.type = "echo"})).status(), "COMPLETED");
}

TEST(FakeServerTest, SaysHowFarATaskHasComeThatDoesNotEnd) {
    fake_server server{{.wait_max = std::chrono::milliseconds{1}}};
    auto const id = server.enqueue({.type = "nobody"});
    try {
        server.wait_for_end(id);
        FAIL() << "nobody serves it";
    } catch (std::runtime_error const& error) {
        std::string const text{error.what()};
        EXPECT_NE(text.find("\"nobody\" is still SCHEDULED"), std::string::npos) << text;
    }
}

TEST(FakeServerTest, RefusesAnUnknownTask) {
    fake_server const server;
    EXPECT_THROW(server.task("no-such"), std::invalid_argument);
    EXPECT_THROW(server.wait_for_end("no-such"), std::invalid_argument);
    EXPECT_THROW(server.workflow_of("no-such"), std::invalid_argument);
}

}  // namespace conductor::test
