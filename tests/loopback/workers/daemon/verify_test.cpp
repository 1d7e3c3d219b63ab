#include "daemon_process.hpp"

#include "fakes/fake_conductor.hpp"
#include "support/orkes_api.hpp"
#include "support/run_coroutine.hpp"
#include "support/temporary_folder.hpp"

#include <conductor/conductor.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

#include <array>
#include <cstdlib>
#include <set>
#include <sstream>

namespace conductor::test {
namespace {

constexpr char scratch_key[] = "the-key-id";
constexpr char scratch_secret[] = "the-key-secret";

fake_conductor_options orkes_cluster() {
    return {.auth_key = scratch_key,
            .auth_secret = scratch_secret,
            .speech = {.orkes = true, .verbs = schedule_verbs::get}};
}

class VerifyTest : public testing::Test {
protected:
    std::string config(fake_conductor const& server,
                       std::string const& with_secret = scratch_secret) {
        folder.write("key", scratch_key);
        folder.write("secret", with_secret);
        return folder.write("w.yaml", "server:\n  url: \"" + server.url() +
                                          "\"\n  auth: { key: \"file:" + folder.path("key") +
                                          "\", secret: \"file:" + folder.path("secret") +
                                          "\" }\nworkers: { star_filter: }\n");
    }

    // What it printed; nothing of a key is in it, and all that it sent is in Orkes' document.
    std::string verify(int status, fake_conductor& server, std::string const& file) {
        daemon_process daemon{{"verify", "--config", file}};
        return end_of(daemon, status, server);
    }

    static std::string end_of(daemon_process& daemon, int status, fake_conductor& server) {
        auto text = daemon.rest();
        EXPECT_EQ(daemon.wait(), status) << text;
        EXPECT_EQ(text.find(scratch_secret), std::string::npos) << text;
        EXPECT_EQ(text.find(scratch_key), std::string::npos) << text;
        auto const requests = server.http().requests();
        expect_within_orkes_api(requests);
        return text;
    }

    // The names that were written to the server and are still there.
    static std::set<std::string> left_on(fake_conductor& server) {
        std::set<std::string> names;
        std::set<std::string> left;
        for (auto const& each : server.http().requests()) {
            auto const at = each.body.find("conductor_verify_");
            if (at != std::string::npos) names.insert(each.body.substr(at, 25));
        }
        boost::asio::io_context loop;
        auto const rest = std::make_shared<rest_client>(
            loop.get_executor(), client_options{.server_url = server.url(),
                                                .auth_key = scratch_key,
                                                .auth_secret = scratch_secret});
        metadata_client metadata{rest};
        scheduler_client schedules{rest};
        for (auto const& name : names) {
            if (run_coroutine(loop, metadata.task_definition(name))->has_value())
                left.insert("task definition");
            if (run_coroutine(loop, metadata.workflow_definition(name))->has_value())
                left.insert("workflow");
            if (run_coroutine(loop, schedules.get(name))->has_value()) left.insert("schedule");
        }
        EXPECT_FALSE(names.empty());
        return left;
    }

    static std::size_t count(fake_conductor& server, std::string_view method,
                             std::string_view path) {
        std::size_t found = 0;
        for (auto const& each : server.http().requests())
            found += each.method == method && each.path() == path ? 1 : 0;
        return found;
    }

    temporary_folder folder;
};

using strings = std::vector<std::string>;

// The first two words of each line.
strings outline(std::string const& text) {
    strings lines;
    std::istringstream rest{text};
    for (std::string line; std::getline(rest, line);) {
        std::istringstream words{line};
        std::string first;
        std::string second;
        words >> first >> second;
        lines.push_back(first + " " + second);
    }
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
}

TEST_F(VerifyTest, AnOrkesClusterIsTriedAndLeftAsItWas) {
    fake_conductor server{orkes_cluster()};
    auto const text = verify(0, server, config(server));
    EXPECT_EQ(outline(text),
              (strings{"ok token", "ok define", "ok run", "ok offers", "ok schedule", "ok clean"}))
        << text;
    EXPECT_NE(text.find("the server gave one and takes it"), std::string::npos) << text;
    EXPECT_NE(text.find("no search for tasks"), std::string::npos) << text;
    EXPECT_EQ(left_on(server), std::set<std::string>{});
    EXPECT_EQ(server.tokens_issued(), 2u);  // one of them for left_on()
}

TEST_F(VerifyTest, AServerWithoutAuthenticationToo) {
    fake_conductor server;
    auto const text = verify(0, server,
                             folder.write("w.yaml", "server: { url: \"" + server.url() +
                                                        "\" }\nworkers: { star_filter: }\n"));
    EXPECT_NE(text.find("none is needed"), std::string::npos) << text;
    EXPECT_NE(text.find("lost claims can be looked for"), std::string::npos) << text;
    EXPECT_EQ(left_on(server), std::set<std::string>{});
}

TEST_F(VerifyTest, AWrongSecretIsToldWithWhatToDo) {
    fake_conductor server{orkes_cluster()};
    auto const text = verify(1, server, config(server, "wrong"));
    EXPECT_EQ(outline(text), (strings{"FAILED token", "see that"})) << text;
    EXPECT_NE(text.find("neither paused nor deleted"), std::string::npos) << text;
    EXPECT_EQ(count(server, "POST", "/api/metadata/taskdefs"), 0u);
}

TEST_F(VerifyTest, AfterAFailureAllThatWasWrittenIsRemoved) {
    fake_conductor server{orkes_cluster()};
    server.http().answer_next({.status = 403, .body = R"({"message": "not for you"})"},
                              "/api/scheduler/schedules");
    auto const text = verify(1, server, config(server));
    EXPECT_EQ(outline(text), (strings{"ok token", "ok define", "ok run", "ok offers",
                                      "FAILED schedule", "give the", "ok clean"}))
        << text;
    EXPECT_EQ(left_on(server), std::set<std::string>{});
}

TEST_F(VerifyTest, AWorkflowThatFailsIsTold) {
    fake_conductor server{orkes_cluster()};
    server.http().answer_next({.status = 403, .body = R"({"message": "not for you"})"},
                              "/api/workflow");
    auto const text = verify(1, server, config(server));
    EXPECT_EQ(outline(text),
              (strings{"ok token", "ok define", "FAILED run", "give the", "ok clean"}))
        << text;
    EXPECT_EQ(left_on(server), std::set<std::string>{});
}

TEST_F(VerifyTest, AThrottledCallIsRepeatedAndNothingIsStartedTwice) {
    fake_conductor server{orkes_cluster()};
    for (auto const* const path : {"/api/metadata/workflow", "/api/workflow"})
        server.http().answer_next({.status = 429, .headers = {{"Retry-After", "0"}}}, path);
    auto const text = verify(0, server, config(server));
    EXPECT_NE(text.find("asked to slow down"), std::string::npos) << text;
    EXPECT_EQ(count(server, "POST", "/api/workflow"), 2u);
    EXPECT_EQ(left_on(server), std::set<std::string>{});
}

TEST_F(VerifyTest, AnInterruptionIsFollowedByTheCleanUp) {
    fake_conductor server{orkes_cluster()};
    auto const gate = server.http().make_gate();
    server.http().answer_next({.body = "execution-1", .hold = gate}, "/api/workflow");
    daemon_process daemon{{"verify", "--config", config(server)}};
    ASSERT_NE(daemon.wait_for_line("ok    define"), "");
    ASSERT_TRUE(gate->wait_for_arrivals());
    daemon.signal(SIGINT);
    EXPECT_NE(daemon.wait_for_line("interrupted"), "");
    gate->open();
    auto const text = end_of(daemon, 1, server);
    EXPECT_EQ(text.rfind("ok    clean up", 0), 0u) << text;
    EXPECT_EQ(count(server, "DELETE", "/api/workflow/execution-1/remove"), 1u);
    EXPECT_EQ(left_on(server), std::set<std::string>{});
}

TEST_F(VerifyTest, WhatCannotBeRemovedIsNamed) {
    fake_conductor server{orkes_cluster()};
    auto const gate = server.http().make_gate();
    server.http().answer_next({.status = 500, .hold = gate}, "/api/scheduler/schedules");
    daemon_process daemon{{"verify", "--config", config(server)}};
    ASSERT_TRUE(gate->wait_for_arrivals());
    // More than the clean-up asks for: polls are answered so, too.
    for (int call = 0; call < 20; ++call)
        server.http().answer_next({.status = 403, .body = R"({"message": "not for you"})"});
    gate->open();
    auto const text = end_of(daemon, 1, server);
    EXPECT_NE(text.find("FAILED clean up"), std::string::npos) << text;
    EXPECT_NE(text.find("left on the server, remove it there: "), std::string::npos) << text;
    EXPECT_NE(text.find("workflow conductor_verify_"), std::string::npos) << text;
}

// What a person runs who has an account.
TEST_F(VerifyTest, TheScriptTakesTheEnvironmentsCredentials) {
    fake_conductor server{orkes_cluster()};
    std::array<std::pair<char const*, std::string>, 4> const variables{{
        {"CONDUCTOR_SERVER_URL", server.url()},
        {"CONDUCTOR_AUTH_KEY", scratch_key},
        {"CONDUCTOR_AUTH_SECRET", scratch_secret},
        {"CONDUCTOR_WORKERD", CONDUCTOR_WORKERD},
    }};
    for (auto const& [name, value] : variables) ::setenv(name, value.c_str(), 1);
    daemon_process script{{}, CONDUCTOR_ORKES_CHECK};
    for (auto const& [name, value] : variables) ::unsetenv(name);
    auto const text = end_of(script, 0, server);
    EXPECT_EQ(outline(text).size(), 6u) << text;
    EXPECT_EQ(left_on(server), std::set<std::string>{});
}

TEST_F(VerifyTest, TheScriptWantsAnAddress) {
    ::unsetenv("CONDUCTOR_SERVER_URL");
    daemon_process script{{}, CONDUCTOR_ORKES_CHECK};
    auto const text = script.rest();
    EXPECT_EQ(script.wait(), 2);
    EXPECT_NE(text.find("set CONDUCTOR_SERVER_URL"), std::string::npos) << text;
}

}  // namespace
}  // namespace conductor::test
