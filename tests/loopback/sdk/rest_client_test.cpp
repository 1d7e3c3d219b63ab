#include "fakes/fake_http_server.hpp"
#include "support/run_coroutine.hpp"

#include <conductor/config_error.hpp>
#include <conductor/task_client.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace conductor::test {
namespace {

http_answer empty_list(http_request const&) { return {.body = "[]"}; }

task_update sample_update() {
    task_update update;
    update.task_id = "task-1";
    update.workflow_id = "workflow-1";
    return update;
}

// What was told of a call, in memory of its own.
struct told_call {
    explicit told_call(call_report const& call)
        : what(std::string(call.method) + " " + std::string(call.uri)),
          status(call.status),
          request_bytes(call.request_bytes),
          took(call.took) {}

    std::string what;
    int status;
    std::size_t request_bytes;
    std::chrono::nanoseconds took;
};

class RestClientTest : public ::testing::Test {
protected:
    task_client make_client(client_options options) {
        options.on_call = [this](call_report const& call) { told_.emplace_back(call); };
        return task_client(std::make_shared<rest_client>(loop_.get_executor(), std::move(options)));
    }
    task_client make_client(std::vector<fake_http_server const*> const& servers,
                            std::chrono::milliseconds limit = time_limit) {
        client_options options;
        for (auto const* server : servers) options.server_urls.push_back(server->url("/api"));
        options.request_timeout = limit;
        return make_client(std::move(options));
    }

    bool poll(task_client& client) {
        return run_coroutine(loop_, client.poll({.type = "t", .worker_id = "w", .domain = {}}))
            .has_value();
    }
    bool update(task_client& client) {
        return run_coroutine(loop_, client.update(update_)).has_value();
    }

    task_update update_ = sample_update();
    fake_http_server first_{empty_list};
    fake_http_server second_{empty_list};
    boost::asio::io_context loop_;
    std::vector<told_call> told_;
};

TEST_F(RestClientTest, TellsOfACallByTheTemplateOfItsPath) {
    auto client = make_client({&first_});
    EXPECT_TRUE(poll(client));
    EXPECT_TRUE(update(client));
    run_coroutine(loop_, client.get("task-1"));
    ASSERT_EQ(told_.size(), 3u);
    EXPECT_EQ(told_[0].what, "GET /tasks/poll/batch/{tasktype}");
    EXPECT_EQ(told_[0].status, 200);
    EXPECT_EQ(told_[0].request_bytes, 0u);
    EXPECT_GT(told_[0].took.count(), 0);
    EXPECT_EQ(told_[1].what, "POST /tasks");
    EXPECT_EQ(told_[1].request_bytes, first_.requests().at(1).body.size());
    EXPECT_EQ(told_[2].what, "GET /tasks/{taskId}");
}

TEST_F(RestClientTest, TellsTheStatusAndZeroWithoutAnAnswer) {
    auto client = make_client({&first_});
    first_.answer_next({.status = 503});
    first_.answer_next({.delivery = delivery::nothing});
    EXPECT_FALSE(update(client));
    EXPECT_FALSE(poll(client));
    ASSERT_EQ(told_.size(), 2u);
    EXPECT_EQ(told_[0].status, 503);
    EXPECT_EQ(told_[1].status, 0);
}

TEST_F(RestClientTest, TellsOfCallsForATokenAndOfTheReplay) {
    client_options options;
    options.server_url = first_.url("/api");
    options.auth_key = "key";
    options.auth_secret = "secret";
    auto client = make_client(std::move(options));
    for (int i = 0; i < 2; ++i) first_.answer_next({.body = R"({"token": "x"})"}, "/api/token");
    first_.answer_next({.status = 401, .body = R"({"error": "EXPIRED_TOKEN"})"}, "/api/tasks");
    EXPECT_TRUE(update(client));
    std::vector<std::pair<std::string, int>> seen;
    for (auto const& call : told_) seen.emplace_back(call.what, call.status);
    EXPECT_EQ(seen, (std::vector<std::pair<std::string, int>>{{"POST /token", 200},
                                                              {"POST /tasks", 401},
                                                              {"POST /token", 200},
                                                              {"POST /tasks", 200}}));
}

TEST_F(RestClientTest, AnAddressWhereNobodyListensIsLeft) {
    auto client = make_client({&first_, &second_});
    first_.go_down();
    EXPECT_TRUE(poll(client));
    EXPECT_TRUE(poll(client));
    EXPECT_EQ(second_.requests().size(), 2u);
    // Only the first call tried the first address.
    EXPECT_EQ(told_.size(), 3u);
}

TEST_F(RestClientTest, GoesBackWhenTheNextAddressFailsToo) {
    auto client = make_client({&first_, &second_});
    first_.go_down();
    EXPECT_TRUE(poll(client));
    first_.go_up();
    second_.go_down();
    EXPECT_TRUE(update(client));
    EXPECT_TRUE(update(client));
    EXPECT_EQ(first_.requests().size(), 2u);
}

TEST_F(RestClientTest, AllAddressesAreTriedOnce) {
    auto client = make_client({&first_, &second_});
    first_.go_down();
    second_.go_down();
    EXPECT_FALSE(poll(client));
    EXPECT_EQ(told_.size(), 2u);
}

TEST_F(RestClientTest, APollThatMayHaveClaimedTasksIsNotRepeated) {
    auto client = make_client({&first_, &second_});
    first_.answer_next({.delivery = delivery::reset});
    EXPECT_FALSE(poll(client));
    EXPECT_EQ(second_.requests().size(), 0u);
    // The next one goes to the next address all the same.
    EXPECT_TRUE(poll(client));
    EXPECT_EQ(second_.requests().size(), 1u);
}

TEST_F(RestClientTest, AnUpdateIsRepeatedAtTheNextAddress) {
    auto client = make_client({&first_, &second_});
    first_.answer_next({.delivery = delivery::reset});
    EXPECT_TRUE(update(client));
    ASSERT_EQ(second_.requests().size(), 1u);
    EXPECT_EQ(second_.requests().front().body, first_.requests().front().body);
}

TEST_F(RestClientTest, ATimeLimitMovesOnForTheCallsAfterIt) {
    auto client = make_client({&first_, &second_}, std::chrono::milliseconds{50});
    first_.answer_next({.hold = first_.make_gate()});
    EXPECT_FALSE(update(client));
    EXPECT_EQ(second_.requests().size(), 0u);
    EXPECT_TRUE(update(client));
    EXPECT_EQ(second_.requests().size(), 1u);
}

TEST_F(RestClientTest, AnErrorStatusIsNoReasonToLeave) {
    auto client = make_client({&first_, &second_});
    first_.answer_next({.status = 503});
    EXPECT_FALSE(update(client));
    EXPECT_TRUE(update(client));
    EXPECT_EQ(second_.requests().size(), 0u);
}

TEST_F(RestClientTest, EachAddressIsCheckedAtTheStart) {
    client_options options;
    options.server_urls = {"http://localhost:1/api", "localhost"};
    EXPECT_THROW(rest_client(loop_.get_executor(), options), config_error);
}

TEST_F(RestClientTest, TheServersWaitIsReadAsADateToo) {
    auto client = make_client({&first_});
    first_.answer_next(
        {.status = 503, .headers = {{"Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"}}});
    auto const refused = run_coroutine(loop_, client.update(update_));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().retry_after, std::chrono::hours{24 * 365});
}

}  // namespace
}  // namespace conductor::test
