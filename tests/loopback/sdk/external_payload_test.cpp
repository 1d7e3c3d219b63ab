#include "fakes/fake_http_server.hpp"
#include "support/run_coroutine.hpp"

#include <conductor/conductor.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>

namespace conductor::test {
namespace {

namespace json = boost::json;

// A server, and the storage to which it gives addresses that only a signature opens.
struct ExternalPayloadLoopbackTest : testing::Test {
    http_answer answer_of_server(http_request const& request) const {
        if (request.path() == "/api/token") return {.body = R"({"token": "t0ken"})"};
        auto const path = request.query("operation") == "READ" ? *request.query("path") : "out/7";
        return {.body = json::serialize(json::object{
                    {"uri", storage.url("/" + path + "?signed=s1gned")}, {"path", path}})};
    }

    fake_http_server storage{
        [](http_request const&) { return http_answer{.body = R"({"a": 1})"}; }};
    fake_http_server server{
        [this](http_request const& request) { return answer_of_server(request); }};
    boost::asio::io_context loop;
    task_client client{std::make_shared<rest_client>(
        loop.get_executor(),
        client_options{
            .server_url = server.url("/api"), .auth_key = "key", .auth_secret = "secret"})};
};

TEST_F(ExternalPayloadLoopbackTest, AnInputComesFromWhereTheServerSays) {
    auto const input = run_coroutine(loop, client.fetch_input("in/5"));
    ASSERT_TRUE(input.has_value()) << input.error().message();
    EXPECT_EQ(*input, (json::object{{"a", 1}}));
    auto const asked = server.requests().back();
    EXPECT_EQ(asked.path(), "/api/tasks/externalstoragelocation");
    EXPECT_EQ(asked.query("payloadType"), "TASK_INPUT");
    auto const read = storage.requests().at(0);
    EXPECT_EQ(read.method, "GET");
    EXPECT_EQ(read.target, "/in/5?signed=s1gned");
}

TEST_F(ExternalPayloadLoopbackTest, AnEarlierOutputComesFromWhereTheServerSays) {
    auto const output = run_coroutine(loop, client.fetch_output("out/6"));
    ASSERT_TRUE(output.has_value()) << output.error().message();
    EXPECT_EQ(*output, (json::object{{"a", 1}}));
    EXPECT_EQ(server.requests().back().query("operation"), "READ");
    EXPECT_EQ(server.requests().back().query("payloadType"), "TASK_OUTPUT");
    EXPECT_EQ(storage.requests().at(0).target, "/out/6?signed=s1gned");
}

TEST_F(ExternalPayloadLoopbackTest, AnOutputGoesWhereTheServerSays) {
    auto const path = run_coroutine(loop, client.store_output(R"({"b": 2})"));
    ASSERT_TRUE(path.has_value()) << path.error().message();
    EXPECT_EQ(*path, "out/7");
    EXPECT_EQ(server.requests().back().query("payloadType"), "TASK_OUTPUT");
    auto const written = storage.requests().at(0);
    EXPECT_EQ(written.method, "PUT");
    EXPECT_EQ(written.body, R"({"b": 2})");
}

TEST_F(ExternalPayloadLoopbackTest, TheStorageGetsNoAccessToken) {
    run_coroutine(loop, client.fetch_input("in/5"));
    EXPECT_EQ(*server.requests().back().headers.find("X-Authorization"), "t0ken");
    EXPECT_EQ(storage.requests().at(0).headers.find("X-Authorization"), std::nullopt);
}

TEST_F(ExternalPayloadLoopbackTest, ARefusalDoesNotTellTheSignature) {
    storage.answer_next({.status = 403});
    auto const input = run_coroutine(loop, client.fetch_input("in/5"));
    ASSERT_TRUE(input.has_error());
    EXPECT_EQ(input.error().code, make_http_error(403));
    EXPECT_EQ(input.error().message().find("s1gned"), std::string::npos);
    EXPECT_NE(input.error().message().find("external payload storage"), std::string::npos);
}

TEST_F(ExternalPayloadLoopbackTest, WhatIsNoObjectIsNoInput) {
    storage.answer_next({.body = "<html>"});
    EXPECT_EQ(run_coroutine(loop, client.fetch_input("in/5")).error().code, errc::bad_response);
    storage.answer_next({.body = "[]"});
    EXPECT_EQ(run_coroutine(loop, client.fetch_input("in/5")).error().code, errc::bad_response);
}

// Whoever speaks for a server elsewhere could have a worker read what only this machine may.
TEST_F(ExternalPayloadLoopbackTest, AServerElsewhereCannotSendUsToThisMachine) {
    rest_client away{loop.get_executor(),
                     client_options{.server_url = "https://conductor.example/api"}};
    for (auto const& url : {storage.url("/x?signed=s1gned"), std::string{"http://169.254.169.254/"},
                            std::string{"http://[::1]/"}, std::string{"http://localhost/"}}) {
        auto const answer = run_coroutine(loop, away.call_elsewhere("GET", url));
        ASSERT_TRUE(answer.has_error()) << url;
        EXPECT_EQ(answer.error().code, errc::bad_url) << url;
        EXPECT_EQ(answer.error().message().find("s1gned"), std::string::npos);
    }
    EXPECT_TRUE(storage.requests().empty());
}

// As the open-source server answers that keeps payloads on its own disk.
TEST_F(ExternalPayloadLoopbackTest, AServerMayNameNoAddress) {
    run_coroutine(loop, client.fetch_input("in/5"));
    server.answer_next({.body = R"({"path": "x.json"})"});
    auto const path = run_coroutine(loop, client.store_output("{}"));
    ASSERT_TRUE(path.has_error());
    EXPECT_EQ(path.error().code, errc::bad_response);
    EXPECT_EQ(storage.requests().size(), 1U);
}

}  // namespace
}  // namespace conductor::test
