#include "daemon_process.hpp"

#include "fakes/fake_conductor.hpp"
#include "support/orkes_api.hpp"
#include "support/run_coroutine.hpp"
#include "support/temporary_folder.hpp"

#include <conductor/rest_client.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace conductor::test {
namespace {

namespace json = boost::json;

constexpr char access_key[] = "an-access-key";
constexpr char access_secret[] = "an-access-secret";

fake_conductor_options orkes_like(int update_v2_status = 0) {
    return {.update_v2_status = update_v2_status,
            .auth_key = access_key,
            .auth_secret = access_secret,
            .speech = {.orkes = true, .verbs = schedule_verbs::get}};
}

json::object star_input() {
    return json::parse(R"({"activity_name": "starred", "gh_account": "a", "gh_repo": "b",
        "cutoff": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z", "stars": []})")
        .as_object();
}

// The daemon itself, with register, run and start --follow, and a server that speaks Orkes' side.
class OrkesDaemonTest : public testing::Test {
protected:
    OrkesDaemonTest() {
        folder.write("key", access_key);
        folder.write("secret", access_secret);
        json::object const step{{"name", "star_filter"},
                                {"taskReferenceName", "filter"},
                                {"type", "SIMPLE"},
                                {"inputParameters", star_input()}};
        folder.write("defs/wf.json", json::serialize(json::object{{"name", "wf"},
                                                                  {"version", 1},
                                                                  {"ownerEmail", "a@b.cd"},
                                                                  {"timeoutSeconds", 60},
                                                                  {"tasks", json::array{step}}}));
        folder.write("defs/taskdefs.json", R"([{"name": "star_filter", "ownerEmail": "a@b.cd",
            "timeoutSeconds": 60, "totalTimeoutSeconds": 0, "maxRetryDelaySeconds": 300}])");
        folder.write("defs/schedules/daily.json", R"({"name": "daily", "cronExpression":
            "0 0 0 * * ?", "startWorkflowRequest": {"name": "wf", "version": 1}})");
    }

    // Whatever happened: all that was sent is in Orkes' document, and no secret was shown.
    void TearDown() override {
        auto const requests = server->http().requests();
        expect_within_orkes_api(requests);
        EXPECT_EQ(shown.find(access_secret), std::string::npos) << shown;
        EXPECT_EQ(shown.find(access_key), std::string::npos) << shown;
    }

    std::string config() const {
        return folder.write("w.yaml",
                            "server:\n  url: \"" + server->url() + "\"\n  auth: { key: \"file:" +
                                folder.path("key") + "\", secret: \"file:" + folder.path("secret") +
                                "\" }\nworkers: { star_filter: { poll_timeout_ms: 50 } }\n"
                                "state_dir: \"" +
                                folder.path("state") +
                                "\"\noutbox: { mode: always }\nadmin: { listen: 127.0.0.1:0 }\n"
                                "log: { level: debug }\n");
    }

    std::unique_ptr<daemon_process> run() {
        auto process =
            std::make_unique<daemon_process>(std::vector<std::string>{"run", "--config", config()});
        started = process->wait_for_line(" started ");
        EXPECT_NE(started, "");
        return process;
    }

    // What the daemon that was started last answers to whoever watches it.
    result<std::string> ask(std::string path) const {
        std::string const before = "health=";
        auto const at = started.find(before) + before.size();
        boost::asio::io_context loop;
        auto const rest = std::make_shared<rest_client>(
            loop.get_executor(),
            client_options{.server_url =
                               "http://" +
                               started.substr(at, started.find_first_of(" \n", at) - at)});
        return run_coroutine(loop, rest->call({.path = std::move(path)}));
    }

    void stop(daemon_process& process) { shown += process.stop(); }

    std::string command(int status, std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--config", config()});
        daemon_process process{std::move(arguments)};
        auto text = process.rest();
        shown += text;
        EXPECT_EQ(process.wait(), status) << text;
        return text;
    }

    std::string register_all(int status = 0) {
        return command(status, {"register", "--dir", folder.path("defs")});
    }

    void complete_one() {
        auto const id = server->enqueue({.type = "star_filter", .input = star_input()});
        EXPECT_TRUE(server->wait_for_status(id, "COMPLETED"));
    }

    std::size_t count(std::string_view method, std::string_view path) const {
        std::size_t found = 0;
        for (auto const& each : server->http().requests())
            found += each.method == method && each.path() == path ? 1 : 0;
        return found;
    }

    void answer_next(int status, std::string const& body, std::string const& path) {
        server->http().answer_next({.status = status, .body = body}, path);
    }

    temporary_folder folder;
    std::unique_ptr<fake_conductor> server = std::make_unique<fake_conductor>(orkes_like());
    std::string started;
    std::string shown;
};

TEST_F(OrkesDaemonTest, RegistersRunsAndFollows) {
    EXPECT_EQ(register_all(),
              "task definition star_filter: created\n"
              "    /maxRetryDelaySeconds: not known to this server, left out\n"
              "workflow wf version 1: created\nschedule daily: created\n");
    // A member that the server does not know is no change.
    EXPECT_EQ(register_all(),
              "task definition star_filter: unchanged\n"
              "    /maxRetryDelaySeconds: not known to this server, left out\n"
              "workflow wf version 1: unchanged\nschedule daily: unchanged\n");
    auto const daemon = run();
    auto const followed = command(0, {"start", "wf", "--follow"});
    EXPECT_NE(followed.find("star_filter"), std::string::npos) << followed;
    EXPECT_NE(followed.find("workflow COMPLETED"), std::string::npos) << followed;
    stop(*daemon);
    // One token for each of the four processes.
    EXPECT_EQ(server->tokens_issued(), 4u);
}

class TokenFaultTest : public OrkesDaemonTest,
                       public testing::WithParamInterface<std::pair<char const*, int>> {};

TEST_P(TokenFaultTest, IsMendedByANewTokenInEachCommand) {
    auto const& [name, status] = GetParam();
    auto const body = R"({"message": "no", "error": ")" + std::string{name} + "\"}";
    answer_next(status, body, "/api/metadata/taskdefs/star_filter");
    register_all();
    EXPECT_EQ(server->tokens_issued(), 2u);
    auto const daemon = run();
    complete_one();
    answer_next(status, body, "/api/tasks/poll/batch/star_filter");
    answer_next(status, body, "/api/tasks");
    complete_one();
    answer_next(status, body, "/api/workflow");
    command(0, {"start", "wf", "--follow"});
    EXPECT_EQ(count("POST", "/api/workflow"), 2u);
    stop(*daemon);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, TokenFaultTest,
    testing::Values(std::pair{"EXPIRED_TOKEN", 401}, std::pair{"INVALID_TOKEN", 401},
                    std::pair{"EXPIRED_TOKEN", 403}, std::pair{"INVALID_TOKEN", 403}),
    [](auto const& tested) {
        std::string const name{tested.param.first};
        return name.substr(0, name.find('_')) + std::to_string(tested.param.second);
    });

class PermissionTest : public OrkesDaemonTest, public testing::WithParamInterface<int> {};

TEST_P(PermissionTest, ThatIsMissingIsToldAndAsksForNoToken) {
    std::string const body = R"({"message": "not for you", "error": "FORBIDDEN"})";
    answer_next(GetParam(), body, "/api/metadata/taskdefs");
    auto const refused = register_all(1);
    EXPECT_NE(refused.find("not for you"), std::string::npos) << refused;
    EXPECT_NE(refused.find("workflow wf version 1: created"), std::string::npos) << refused;
    EXPECT_EQ(server->tokens_issued(), 1u);
    answer_next(GetParam(), body, "/api/workflow");
    auto const not_started = command(1, {"start", "wf", "--follow"});
    EXPECT_NE(not_started.find("not for you"), std::string::npos) << not_started;
    EXPECT_EQ(server->tokens_issued(), 2u);
    for (int poll = 0; poll < 3; ++poll)
        answer_next(GetParam(), body, "/api/tasks/poll/batch/star_filter");
    auto const daemon = run();
    auto const told = daemon->wait_for_line("not for you");
    EXPECT_NE(told.find("cannot poll"), std::string::npos) << told;
    complete_one();
    stop(*daemon);
    EXPECT_EQ(server->tokens_issued(), 3u);
}

INSTANTIATE_TEST_SUITE_P(Statuses, PermissionTest, testing::Values(401, 403),
                         testing::PrintToStringParamName());

TEST_F(OrkesDaemonTest, APausedKeyIsWaitedFor) {
    register_all();
    auto const daemon = run();
    complete_one();
    // A task of a type that nobody serves keeps the workflow going.
    folder.write("defs/long.json", R"({"name": "long", "version": 1, "timeoutSeconds": 60,
        "ownerEmail": "a@b.cd",
        "tasks": [{"name": "nobodys", "taskReferenceName": "two", "type": "SIMPLE"}]})");
    register_all();
    daemon_process following{{"start", "long", "--follow", "--config", config()}};
    EXPECT_NE(following.wait_for_line("nobodys"), "");
    server->pause_key();
    EXPECT_NE(daemon->wait_for_line("cannot poll"), "");
    EXPECT_EQ(ask("/health/ready").error().code, make_http_error(503));
    EXPECT_TRUE(ask("/health/live").has_value());
    EXPECT_NE(following.wait_for_line("cannot read the workflow"), "");
    EXPECT_NE(register_all(1).find("POST /token"), std::string::npos);
    command(1, {"start", "wf"});
    server->resume_key();
    EXPECT_NE(daemon->wait_for_line("the server answers again"), "");
    EXPECT_TRUE(ask("/health/ready").has_value());
    EXPECT_NE(following.wait_for_line("the server answers again"), "");
    complete_one();
    following.signal(SIGTERM);
    shown += following.rest();
    following.wait();
    register_all();
    stop(*daemon);
}

TEST_F(OrkesDaemonTest, AGatewayThatThrottlesIsObeyed) {
    auto const slow_down = [&](std::string const& path) {
        server->http().answer_next(
            {.status = 429, .body = "slow down", .headers = {{"Retry-After", "0"}}}, path);
    };
    slow_down("/api/metadata/taskdefs");
    slow_down("/api/metadata/workflow");
    slow_down("/api/scheduler/schedules/daily");
    auto const registered = register_all();
    EXPECT_NE(registered.find("asked to slow down"), std::string::npos) << registered;
    EXPECT_NE(registered.find("workflow wf version 1: created"), std::string::npos) << registered;
    auto const daemon = run();
    slow_down("/api/tasks/poll/batch/star_filter");
    slow_down("/api/tasks");
    slow_down("/api/workflow");
    auto const followed = command(0, {"start", "wf", "--follow"});
    EXPECT_NE(followed.find("workflow COMPLETED"), std::string::npos) << followed;
    EXPECT_EQ(count("POST", "/api/workflow"), 2u);
    stop(*daemon);
}

class OldClusterTest : public OrkesDaemonTest, public testing::WithParamInterface<int> {};

TEST_P(OldClusterTest, WithoutUpdateV2IsServedAllTheSame) {
    server = std::make_unique<fake_conductor>(orkes_like(GetParam()));
    register_all();
    std::vector<std::string> ids;
    for (int task = 0; task < 8; ++task)
        ids.push_back(server->enqueue({.type = "star_filter", .input = star_input()}));
    auto const daemon = run();
    EXPECT_TRUE(server->wait_for_statuses(ids, "COMPLETED"));
    command(0, {"start", "wf", "--follow"});
    stop(*daemon);
    EXPECT_LE(count("POST", "/api/tasks/update-v2"), 2u);
    EXPECT_EQ(shown.find("result lost"), std::string::npos) << shown;
}

INSTANTIATE_TEST_SUITE_P(Statuses, OldClusterTest, testing::Values(404, 405, 501),
                         testing::PrintToStringParamName());

TEST_F(OrkesDaemonTest, SecretsOfTasksAreKeptNowhere) {
    constexpr std::string_view secret = "a-secret-of-the-cluster";
    server->keep_secret("API_KEY", std::string{secret});
    register_all();
    server->define_task({{"name", "star_filter"}, {"runtimeMetadata", {"API_KEY"}}});
    auto const daemon = run();
    complete_one();
    // One that fails for its input too, with the reason that it gives.
    auto const failed = server->enqueue({.type = "star_filter", .input = {{"stars", "none"}}});
    EXPECT_TRUE(server->wait_for_status(failed, "FAILED_WITH_TERMINAL_ERROR"));
    auto const measured = ask("/metrics").value();
    EXPECT_NE(measured.find("task_execution_started_total"), std::string::npos) << measured;
    EXPECT_EQ(measured.find(secret), std::string::npos);
    stop(*daemon);
    EXPECT_NE(shown, "");
    EXPECT_EQ(shown.find(secret), std::string::npos) << shown;
    for (auto const& each : server->http().requests())
        EXPECT_EQ(each.body.find(secret), std::string::npos) << each.target << each.body;
    std::size_t files = 0;
    for (auto const& file : std::filesystem::recursive_directory_iterator{folder.path("state")}) {
        if (!file.is_regular_file()) continue;
        std::ifstream in{file.path(), std::ios::binary};
        std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
        EXPECT_EQ(bytes.find(secret), std::string::npos) << file.path();
        ++files;
    }
    EXPECT_GE(files, 2u);
}

TEST_F(OrkesDaemonTest, ClaimsThatCannotBeLookedForAreSpokenOf) {
    register_all();
    auto const daemon = run();
    complete_one();
    server->http().lose_next_answer("/api/tasks/poll/batch/star_filter");
    EXPECT_NE(daemon->wait_for_line("recovery unavailable"), "");
    complete_one();
    stop(*daemon);
}

}  // namespace
}  // namespace conductor::test
