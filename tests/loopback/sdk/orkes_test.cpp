#include "loopback/sdk/runtime_case.hpp"

#include "support/orkes_api.hpp"
#include "support/run_coroutine.hpp"
#include "support/shifted_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>

namespace conductor::test {
namespace {

namespace json = boost::json;

// What of Orkes differs from the open-source server, as far as it concerns the SDK.
class OrkesLoopbackTest : public runtime_case {
protected:
    static fake_conductor_options orkes(schedule_verbs verbs = schedule_verbs::get) {
        return {.auth_key = "the-key",
                .auth_secret = "the-secret",
                .speech = {.orkes = true, .verbs = verbs}};
    }

    void TearDown() override {
        auto const requests = server_.http().requests();
        expect_within_orkes_api(requests);
    }

    client_options client(std::string url) const {
        client_options options;
        options.server_url = std::move(url);
        options.auth_key = "the-key";
        options.auth_secret = "the-secret";
        return options;
    }

    std::shared_ptr<rest_client> rest_of(fake_conductor const& server) {
        auto around = environment::system();
        around.clock = clock_;
        return std::make_shared<rest_client>(loop_.get_executor(), client(server.url()), around);
    }

    // A runtime whose clock the test sets forward.
    std::unique_ptr<runtime> make_shifted_runtime(fake_conductor const& server) {
        auto around = environment::system();
        around.clock = clock_;
        runtime_options options;
        options.worker_id = "loopback-worker";
        options.observer = observer_;
        auto const make_api = [around,
                               to = client(server.url())](boost::asio::any_io_executor executor) {
            return std::make_shared<task_client>(
                std::make_shared<rest_client>(std::move(executor), to, around));
        };
        return std::make_unique<runtime>(make_api, around, options);
    }

    std::vector<std::string> methods_to(fake_conductor& server, std::string_view path) {
        std::vector<std::string> methods;
        for (auto const& each : server.http().requests())
            if (each.path() == path) methods.push_back(each.method);
        return methods;
    }

    std::shared_ptr<shifted_clock> clock_ = std::make_shared<shifted_clock>();
    boost::asio::io_context loop_;
    fake_conductor server_{orkes()};
};

TEST_F(OrkesLoopbackTest, TokenIsRenewedBeforeTheEndThatItNames) {
    auto const tasks = std::make_shared<task_client>(rest_of(server_));
    EXPECT_TRUE(run_coroutine(loop_, tasks->queue_sizes({"t"})).has_value());
    clock_->advance(std::chrono::minutes{50});
    EXPECT_TRUE(run_coroutine(loop_, tasks->queue_sizes({"t"})).has_value());
    EXPECT_EQ(server_.tokens_issued(), 1u);
    clock_->advance(std::chrono::minutes{6});
    EXPECT_TRUE(run_coroutine(loop_, tasks->queue_sizes({"t"})).has_value());
    EXPECT_EQ(server_.tokens_issued(), 2u);
}

TEST_F(OrkesLoopbackTest, PausedKeyIsWaitedForAndServesAgain) {
    auto const runtime = make_runtime(server_, client(server_.url()));
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(server_.wait_for_statuses(enqueue(server_, "work", 2), "COMPLETED"));
    server_.pause_key();
    ASSERT_TRUE(observer_->wait_for(event_kind::poll_failed, 2));
    EXPECT_EQ(runtime->rest()->token(), token_state::failed);
    server_.resume_key();
    auto const id = server_.enqueue({.type = "work"});
    EXPECT_TRUE(server_.wait_for_status(id, "COMPLETED"));
    EXPECT_EQ(runtime->rest()->token(), token_state::good);
    EXPECT_TRUE(run.stop().clean());
}

TEST_F(OrkesLoopbackTest, TaskWhoseWorkflowTaskHasNoNameIsServed) {
    auto const runtime = make_runtime(server_, client(server_.url()));
    std::mutex guard;
    json::object seen;
    runtime->add("work", [&](json::object const&, task_context& context) {
        std::lock_guard lock{guard};
        seen = context.task().object("workflowTask");
    });
    background_run run{*runtime};
    auto const id = server_.enqueue({.type = "work", .input = {{"n", 1}}});
    EXPECT_TRUE(server_.wait_for_status(id, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_TRUE(seen.at("name").is_null());
}

TEST_F(OrkesLoopbackTest, SecretsReachTheHandlerAndNothingElse) {
    constexpr std::string_view secret = "s3cret-value";
    server_.keep_secret("API_KEY", std::string{secret});
    server_.define_task(
        {{"name", "work"}, {"runtimeMetadata", {"API_KEY"}}, {"responseTimeoutSeconds", 60}});
    auto const runtime = make_runtime(server_, client(server_.url()));
    std::mutex guard;
    std::string seen;
    runtime->add("work", [&](json::object const&, task_context& context) {
        std::lock_guard lock{guard};
        seen = context.task().object("runtimeMetadata").at("API_KEY").as_string();
        return context.task().retry_count() == 0 ? task_result::failed("once more")
                                                 : task_result::completed({});
    });
    background_run run{*runtime};
    auto const id = server_.enqueue({.type = "work"});
    ASSERT_TRUE(server_.wait_for_status(id, "FAILED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(seen, secret);
    for (auto const& each : server_.http().requests())
        EXPECT_EQ(each.body.find(secret), std::string::npos) << each.target;
    EXPECT_EQ(json::serialize(server_.workflow_of(id)).find(secret), std::string::npos);
}

TEST_F(OrkesLoopbackTest, PollDataAreReadInOrkesShape) {
    auto const tasks = std::make_shared<task_client>(rest_of(server_));
    auto const polled = run_coroutine(
        loop_, tasks->poll({.type = "work", .worker_id = "w", .domain = "eu", .count = 1}));
    ASSERT_TRUE(polled.has_value());
    auto const all = run_coroutine(loop_, tasks->all_poll_data());
    ASSERT_TRUE(all.has_value()) << all.error().message();
    ASSERT_EQ(all->size(), 1u);
    EXPECT_EQ(all->front().type, "work");
    EXPECT_EQ(all->front().domain, "eu");
    EXPECT_EQ(all->front().worker_id, "w");
}

class ScheduleVerbTest : public OrkesLoopbackTest,
                         public ::testing::WithParamInterface<schedule_verbs> {};

TEST_P(ScheduleVerbTest, PausesAndResumesByTheVerbThatTheServerKnows) {
    fake_conductor server{orkes(GetParam())};
    scheduler_client schedules{rest_of(server)};
    json::object const schedule{{"name", "nightly"}, {"cronExpression", "0 0 0 * * ?"}};
    EXPECT_TRUE(run_coroutine(loop_, schedules.put(schedule)).has_value());
    EXPECT_TRUE(run_coroutine(loop_, schedules.pause("nightly")).has_value());
    EXPECT_EQ(run_coroutine(loop_, schedules.get("nightly"))->value().at("paused"), true);
    EXPECT_TRUE(run_coroutine(loop_, schedules.resume("nightly")).has_value());
    EXPECT_EQ(run_coroutine(loop_, schedules.get("nightly"))->value().at("paused"), false);
    bool const falls_back = GetParam() == schedule_verbs::get;
    auto const expected =
        falls_back ? std::vector<std::string>{"PUT", "GET"} : std::vector<std::string>{"PUT"};
    EXPECT_EQ(methods_to(server, "/api/scheduler/schedules/nightly/pause"), expected);
    EXPECT_EQ(methods_to(server, "/api/scheduler/schedules/nightly/resume"), expected);
    for (auto const& each : server.http().requests()) {
        if (!each.path().ends_with("/pause")) continue;
        EXPECT_TRUE(each.body.empty());
        EXPECT_FALSE(each.headers.find("Content-Type").has_value());
    }
}

std::string verb_name(::testing::TestParamInfo<schedule_verbs> const& tested) {
    switch (tested.param) {
        case schedule_verbs::put: return "Put";
        case schedule_verbs::get: return "Get";
        case schedule_verbs::both: break;
    }
    return "Both";
}

INSTANTIATE_TEST_SUITE_P(Verbs, ScheduleVerbTest,
                         ::testing::Values(schedule_verbs::put, schedule_verbs::get,
                                           schedule_verbs::both),
                         verb_name);

TEST_F(OrkesLoopbackTest, OnlyAnUnknownVerbIsTriedAsAnother) {
    scheduler_client schedules{rest_of(server_)};
    server_.http().answer_next({.status = 403, .body = R"({"message": "not for you"})"},
                               "/api/scheduler/schedules/nightly/pause");
    auto const refused = run_coroutine(loop_, schedules.pause("nightly"));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, make_http_error(403));
    EXPECT_EQ(methods_to(server_, "/api/scheduler/schedules/nightly/pause"),
              std::vector<std::string>{"PUT"});
}

class UpgradeTest : public OrkesLoopbackTest, public ::testing::WithParamInterface<int> {};

TEST_P(UpgradeTest, UpdateV2IsUsedAgainAfterAnUpgrade) {
    auto options = orkes();
    options.update_v2_status = GetParam();
    fake_conductor server{options};
    auto const runtime = make_shifted_runtime(server);
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_statuses(enqueue(server, "work", 6), "COMPLETED"));
    auto const before = requests_to(server, "/api/tasks/update-v2");
    EXPECT_EQ(before, 1u);
    server.upgrade();
    ASSERT_TRUE(server.wait_for_statuses(enqueue(server, "work", 6), "COMPLETED"));
    EXPECT_EQ(requests_to(server, "/api/tasks/update-v2"), before);
    clock_->advance(std::chrono::minutes{10});
    // A poll that was under way counts as hung now.
    auto const polls = observer_->count(event_kind::polled);
    ASSERT_TRUE(observer_->wait_for(event_kind::polled, polls + 2));
    ASSERT_TRUE(server.wait_for_statuses(enqueue(server, "work", 6), "COMPLETED"));
    EXPECT_GT(requests_to(server, "/api/tasks/update-v2"), before + 1);
    EXPECT_TRUE(run.stop().clean());
}

INSTANTIATE_TEST_SUITE_P(Statuses, UpgradeTest, ::testing::Values(404, 405, 501),
                         [](auto const& tested) {
                             return "Status" + std::to_string(tested.param);
                         });

TEST_F(OrkesLoopbackTest, LostClaimsAreNotLookedForWithoutASearchAndThatIsTold) {
    auto const runtime = make_runtime(server_, client(server_.url()));
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(observer_->wait_for(event_kind::polled, 1));
    server_.http().lose_next_answer("/api/tasks/poll/batch/work");
    server_.enqueue({.type = "work"});
    EXPECT_TRUE(observer_->wait_for(event_kind::recovery_unavailable, 1));
    auto const id = server_.enqueue({.type = "work"});
    EXPECT_TRUE(server_.wait_for_status(id, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
}

TEST_F(OrkesLoopbackTest, OutputThatIsTooLargeEndsItsTaskAndSaysWhy) {
    auto const runtime = make_runtime(server_, client(server_.url()));
    runtime->add("work", [] {
        return json::object{{"text", std::string(std::size_t{11} * 1024 * 1024, 'x')}};
    });
    background_run run{*runtime};
    auto const id = server_.enqueue({.type = "work"});
    ASSERT_TRUE(server_.wait_for_status(id, "FAILED_WITH_TERMINAL_ERROR"));
    EXPECT_TRUE(run.stop().clean());
    std::string const reason{server_.task(id).at("reasonForIncompletion").as_string()};
    EXPECT_NE(reason.find("not be kept elsewhere"), std::string::npos) << reason;
}

TEST_F(OrkesLoopbackTest, LogThatIsRefusedAsTextIsSentAsJson) {
    task_client tasks{rest_of(server_)};
    auto const id = server_.enqueue({.type = "work"});
    auto const path = "/api/tasks/" + id + "/log";
    server_.http().answer_next({.status = 415}, path);
    EXPECT_TRUE(run_coroutine(loop_, tasks.log(id, "a \"line\"")).has_value());
    std::vector<http_request> sent;
    for (auto const& each : server_.http().requests())
        if (each.path() == path) sent.push_back(each);
    ASSERT_EQ(sent.size(), 2u);
    EXPECT_EQ(sent[0].body, "a \"line\"");
    EXPECT_EQ(sent[0].headers.find("Content-Type"), "text/plain");
    EXPECT_EQ(sent[1].body, R"("a \"line\"")");
    EXPECT_EQ(sent[1].headers.find("Content-Type"), "application/json");
}

TEST_F(OrkesLoopbackTest, GatewayThatThrottlesIsObeyedAndNothingIsLost) {
    auto const runtime = make_runtime(server_, client(server_.url()));
    runtime->add("work", [] {});
    for (auto const* const path : {"/api/token", "/api/tasks/poll/batch/work", "/api/tasks"}) {
        server_.http().answer_next(
            {.status = 429, .body = "slow down", .headers = {{"Retry-After", "0"}}}, path);
    }
    background_run run{*runtime};
    auto const ids = enqueue(server_, "work", 3);
    EXPECT_TRUE(server_.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(observer_->count(event_kind::update_lost), 0u);
}

}  // namespace
}  // namespace conductor::test
