#include <contract/send_until_stopped.hpp>

#include <fakes/fake_http_server.hpp>
#include <support/run_coroutine.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace conductor::workers {
namespace {

conductor::test::http_answer greet(conductor::test::http_request const&) {
    return {.body = "\"hello\""};
}

struct SendUntilStoppedTest : testing::Test {
    conductor::test::fake_http_server server{greet};
    boost::asio::io_context loop;
    std::shared_ptr<http::client> client = std::make_shared<http::client>(loop.get_executor());
    std::stop_source stop;

    result<http::response> send() {
        http::request request;
        request.url = server.url("/");
        return conductor::test::run_coroutine(
            loop, send_until_stopped(client, request, stop.get_token()));
    }
};

TEST_F(SendUntilStoppedTest, GivesTheAnswer) {
    auto const got = send();
    ASSERT_TRUE(got.has_value()) << got.error().message();
    EXPECT_EQ(got->body, "\"hello\"");
}

TEST_F(SendUntilStoppedTest, SendsNothingAfterTheStop) {
    stop.request_stop();
    EXPECT_EQ(send().error().code, errc::stopped);
    EXPECT_EQ(server.connections(), 0u);
}

TEST_F(SendUntilStoppedTest, GivesUpARequestUnderWay) {
    auto const gate = server.make_gate();
    server.answer_next({.hold = gate});
    std::thread stopper{[this, gate] {
        gate->wait_for_arrivals();
        stop.request_stop();
    }};
    auto const got = send();
    stopper.join();
    ASSERT_TRUE(got.has_error());
    EXPECT_EQ(got.error().code, errc::stopped);
}

TEST_F(SendUntilStoppedTest, IsNotTroubledByAStopAfterItsEnd) {
    EXPECT_TRUE(send().has_value());
    stop.request_stop();
    loop.restart();
    loop.poll();
    EXPECT_EQ(server.requests().size(), 1u);
}

}  // namespace
}  // namespace conductor::workers
