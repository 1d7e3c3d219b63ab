#include "fakes/fake_http_server.hpp"
#include "support/run_coroutine.hpp"

#include <conductor/config_error.hpp>
#include <conductor/rest_client.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>

#include <stdexcept>

namespace conductor::test {
namespace {

// Gives "token 1", "token 2", …, or what it was told to give.
class token_stock {
public:
    awaitable<result<std::string>> take() {
        ++asked;
        if (throws) throw std::runtime_error("no such file");
        if (throws_number) throw 7;
        if (hangs) {
            boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                            boost::asio::steady_timer::time_point::max());
            auto const [ended] =
                co_await never.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
            cancelled = ended == boost::asio::error::operation_aborted;
            co_return std::string("too late");
        }
        if (answer) co_return *answer;
        co_return "token " + std::to_string(asked);
    }

    int asked = 0;
    bool throws = false;
    bool throws_number = false;
    bool hangs = false;
    bool cancelled = false;
    std::optional<result<std::string>> answer;
};

class TokenProviderTest : public testing::Test {
protected:
    std::shared_ptr<rest_client> make_client(std::string header = "X-Authorization") {
        client_options options;
        options.server_url = server_.url("/api");
        options.token_provider = [this] { return stock_.take(); };
        options.token_header = std::move(header);
        options.request_timeout = timeout_;
        return std::make_shared<rest_client>(loop_.get_executor(), std::move(options));
    }

    result<std::string> call(std::shared_ptr<rest_client> const& rest) {
        return run_coroutine(loop_, rest->call({.path = "/version"}));
    }

    std::vector<std::string> sent(std::string const& header = "X-Authorization") const {
        std::vector<std::string> tokens;
        for (auto const& request : server_.requests())
            tokens.emplace_back(request.headers.find(header).value_or(""));
        return tokens;
    }

    boost::asio::io_context loop_;
    std::chrono::milliseconds timeout_{std::chrono::seconds{30}};
    token_stock stock_;
    fake_http_server server_{[](http_request const&) { return http_answer{.body = "3"}; }};
};

using texts = std::vector<std::string>;

TEST_F(TokenProviderTest, GivesTheTokenOfAllCallsAndNothingElseIsAsked) {
    auto const rest = make_client();
    EXPECT_TRUE(call(rest).has_value());
    EXPECT_TRUE(call(rest).has_value());
    EXPECT_EQ(sent(), (texts{"token 1", "token 1"}));
    EXPECT_EQ(rest->token(), token_state::good);
}

// A proxy before the server has words of its own.
TEST_F(TokenProviderTest, IsAskedAgainWhenItsTokenIsRefused) {
    auto const rest = make_client();
    EXPECT_TRUE(call(rest).has_value());
    server_.answer_next({.status = 401, .body = "<html>sign in</html>"});
    EXPECT_TRUE(call(rest).has_value());
    EXPECT_EQ(sent(), (texts{"token 1", "token 1", "token 2"}));
}

TEST_F(TokenProviderTest, IsNotAskedForEver) {
    auto const rest = make_client();
    for (int i = 0; i < 2; ++i) server_.answer_next({.status = 401});
    auto const refused = call(rest);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, errc::unauthorized);
    EXPECT_EQ(stock_.asked, 2);
}

TEST_F(TokenProviderTest, ItsTokenMayGoInAnotherHeader) {
    stock_.answer = std::string{"Bearer abc"};
    EXPECT_TRUE(call(make_client("Authorization")).has_value());
    EXPECT_EQ(sent("Authorization"), texts{"Bearer abc"});
    EXPECT_EQ(sent(), texts{""});
}

TEST_F(TokenProviderTest, ItsFailureIsTheCalls) {
    stock_.answer = failure{errc::timed_out, "the vault"};
    auto const rest = make_client();
    auto const failed = call(rest);
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().code, errc::timed_out);
    EXPECT_EQ(failed.error().detail, "the vault");
    EXPECT_EQ(rest->token(), token_state::failed);
    EXPECT_TRUE(call(rest).has_error()) << "and it is let alone for a second";
    EXPECT_EQ(stock_.asked, 1);
    EXPECT_TRUE(server_.requests().empty());
}

TEST_F(TokenProviderTest, WhatItThrowsIsAFailureToo) {
    stock_.throws = true;
    auto const failed = call(make_client());
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().detail, "the token provider: no such file");
}

TEST_F(TokenProviderTest, WhateverItThrowsNobodyWaitsForEver) {
    stock_.throws_number = true;
    auto const rest = make_client();
    EXPECT_TRUE(call(rest).has_error());
    EXPECT_TRUE(call(rest).has_error());
    EXPECT_EQ(rest->token(), token_state::failed);
}

TEST_F(TokenProviderTest, ThatNeverAnswersIsCancelled) {
    stock_.hangs = true;
    timeout_ = std::chrono::milliseconds{20};
    auto const rest = make_client();
    auto const failed = call(rest);
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().code, errc::timed_out);
    EXPECT_EQ(failed.error().detail, "the token provider");
    EXPECT_EQ(rest->token(), token_state::failed);
    loop_.restart();
    loop_.poll();
    EXPECT_TRUE(stock_.cancelled);
}

TEST_F(TokenProviderTest, MustGiveATokenThatCanBeSent) {
    stock_.answer = std::string{};
    EXPECT_EQ(call(make_client()).error().detail, "the token provider gave an empty token");
    stock_.answer = std::string{"two\r\nlines"};
    EXPECT_EQ(call(make_client()).error().code, errc::bad_header);
    EXPECT_TRUE(server_.requests().empty());
}

TEST_F(TokenProviderTest, DoesNotStandBesideAKey) {
    client_options options;
    options.auth_key = "key";
    options.auth_secret = "secret";
    options.token_provider = [this] { return stock_.take(); };
    EXPECT_THROW(rest_client(loop_.get_executor(), options), config_error);
}

}  // namespace
}  // namespace conductor::test
