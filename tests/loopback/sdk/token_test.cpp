#include "loopback/sdk/runtime_case.hpp"

#include "support/run_coroutine.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <future>

namespace conductor::test {
namespace {

using TokenLoopbackTest = runtime_case;
namespace json = boost::json;

constexpr auto key = "the-key";
constexpr auto secret = "the-secret";

fake_conductor_options with_authentication() { return {.auth_key = key, .auth_secret = secret}; }

client_options client_of(fake_conductor const& server, std::string auth_secret = secret) {
    client_options options;
    options.server_url = server.url();
    options.auth_key = key;
    options.auth_secret = std::move(auth_secret);
    return options;
}

rest_call read_definition() { return {.path = "/metadata/taskdefs/{}", .arguments = {"work"}}; }

TEST_F(TokenLoopbackTest, OneTokenServesAllCalls) {
    fake_conductor server{with_authentication()};
    auto const runtime = make_runtime(server, client_of(server));
    runtime->add("work", [] {}, {.slots = 4});
    background_run run{*runtime};
    EXPECT_TRUE(server.wait_for_statuses(enqueue(server, "work", 10), "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(server.tokens_issued(), 1u);
    EXPECT_EQ(runtime->rest()->token(), token_state::good);
}

TEST_F(TokenLoopbackTest, CallsThatNeedATokenAtOnceShareTheRequest) {
    fake_conductor server{with_authentication()};
    server.define_task({{"name", "work"}});
    boost::asio::io_context loop;
    auto const rest = std::make_shared<rest_client>(loop.get_executor(), client_of(server));
    std::vector<std::future<result<std::string>>> calls;
    for (int i = 0; i < 8; ++i) {
        calls.push_back(
            boost::asio::co_spawn(loop, rest->call(read_definition()), boost::asio::use_future));
    }
    loop.run_for(time_limit);
    for (auto& each : calls) {
        ASSERT_EQ(each.wait_for(std::chrono::seconds{0}), std::future_status::ready);
        EXPECT_TRUE(each.get().has_value());
    }
    EXPECT_EQ(server.tokens_issued(), 1u);
}

class RevokedTokenTest : public runtime_case, public ::testing::WithParamInterface<token_fault> {};

TEST_P(RevokedTokenTest, CallIsRepeatedOnceWithANewToken) {
    fake_conductor server{with_authentication()};
    server.define_task({{"name", "work"}});
    boost::asio::io_context loop;
    auto const rest = std::make_shared<rest_client>(loop.get_executor(), client_of(server));
    EXPECT_TRUE(run_coroutine(loop, rest->call(read_definition())).has_value());
    server.revoke_tokens(GetParam());
    EXPECT_TRUE(run_coroutine(loop, rest->call(read_definition())).has_value());
    EXPECT_EQ(server.tokens_issued(), 2u);
    EXPECT_EQ(requests_to(server, "/api/metadata/taskdefs/work"), 3u);
}

INSTANTIATE_TEST_SUITE_P(Faults, RevokedTokenTest,
                         ::testing::Values(token_fault::expired, token_fault::invalid),
                         [](auto const& tested) {
                             return tested.param == token_fault::expired ? "Expired" : "Invalid";
                         });

TEST_F(TokenLoopbackTest, CallThatIsRefusedWithAFreshTokenIsNotRepeatedForEver) {
    fake_conductor server{with_authentication()};
    boost::asio::io_context loop;
    auto const rest = std::make_shared<rest_client>(loop.get_executor(), client_of(server));
    for (int i = 0; i < 2; ++i) {
        server.http().answer_next({.status = 401, .body = R"({"error": "INVALID_TOKEN"})"},
                                  "/api/metadata/taskdefs/work");
    }
    auto const refused = run_coroutine(loop, rest->call(read_definition()));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, errc::unauthorized);
    EXPECT_EQ(requests_to(server, "/api/metadata/taskdefs/work"), 2u);
}

TEST_F(TokenLoopbackTest, MissingPermissionIsNoReasonForANewToken) {
    fake_conductor server{with_authentication()};
    boost::asio::io_context loop;
    auto const rest = std::make_shared<rest_client>(loop.get_executor(), client_of(server));
    for (int status : {401, 403}) {
        server.http().answer_next({.status = status, .body = R"({"message": "not for you"})"},
                                  "/api/metadata/taskdefs/work");
        auto const refused = run_coroutine(loop, rest->call(read_definition()));
        ASSERT_TRUE(refused.has_error());
        EXPECT_EQ(refused.error().code, make_http_error(status));
        EXPECT_EQ(refused.error().code, condition::unauthorized);
        EXPECT_NE(refused.error().detail.find("not for you"), std::string::npos);
    }
    EXPECT_EQ(server.tokens_issued(), 1u);
    EXPECT_EQ(rest->token(), token_state::good);
}

TEST_F(TokenLoopbackTest, TokenIsRenewedBeforeItEnds) {
    auto options = with_authentication();
    options.token_lifetime = std::chrono::seconds{-60};  // as if our clock were late
    fake_conductor server{options};
    server.define_task({{"name", "work"}});
    boost::asio::io_context loop;
    auto const rest = std::make_shared<rest_client>(loop.get_executor(), client_of(server));
    // Used for a while all the same, or every call would ask for a token.
    EXPECT_TRUE(run_coroutine(loop, rest->call(read_definition())).has_value());
    EXPECT_TRUE(run_coroutine(loop, rest->call(read_definition())).has_value());
    EXPECT_EQ(server.tokens_issued(), 1u);
}

TEST_F(TokenLoopbackTest, WrongSecretIsUnauthorizedAndNotShown) {
    fake_conductor server{with_authentication()};
    boost::asio::io_context loop;
    auto const rest =
        std::make_shared<rest_client>(loop.get_executor(), client_of(server, "wrong-secret"));
    auto const refused = run_coroutine(loop, rest->call(read_definition()));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, condition::unauthorized);
    EXPECT_EQ(refused.error().message().find("wrong-secret"), std::string::npos);
    EXPECT_EQ(refused.error().message().find(key), std::string::npos);
    EXPECT_EQ(rest->token(), token_state::failed);
    EXPECT_EQ(requests_to(server, "/api/metadata/taskdefs/work"), 0u);
}

TEST_F(TokenLoopbackTest, RuntimeWithAWrongSecretGoesOnAsking) {
    fake_conductor server{with_authentication()};
    auto const runtime = make_runtime(server, client_of(server, "wrong-secret"));
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(observer_->wait_for(event_kind::poll_failed, 3));
    for (auto const& each : observer_->events(event_kind::poll_failed))
        EXPECT_EQ(each.error.code, condition::unauthorized);
    EXPECT_TRUE(run.stop().clean());
}

TEST_F(TokenLoopbackTest, RunningTaskIsReportedWithANewToken) {
    fake_conductor server{with_authentication()};
    auto const runtime = make_runtime(server, client_of(server));
    door closed;
    runtime->add("work", [&] { closed.wait(); });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    server.revoke_tokens(token_fault::expired);
    closed.open();
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(observer_->count(event_kind::update_failed), 0u);
    EXPECT_EQ(server.tokens_issued(), 2u);
}

}  // namespace
}  // namespace conductor::test
