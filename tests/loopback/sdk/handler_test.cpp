#include "loopback/sdk/runtime_case.hpp"

#include <boost/describe.hpp>
#include <boost/json/parse.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

#include <unistd.h>

namespace conductor::test {

struct greeting_input {
    std::string name;
    std::optional<int> times;
};
BOOST_DESCRIBE_STRUCT(greeting_input, (), (name, times))

struct greeting_output {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(greeting_output, (), (text))

namespace {

using HandlerLoopbackTest = runtime_case;
namespace json = boost::json;

greeting_output greet(greeting_input in) { return {"Hello " + in.name}; }

awaitable<greeting_output> greet_as_coroutine(greeting_input in) {
    co_return greeting_output{"Hello " + in.name};
}

awaitable<json::object> throw_as_coroutine() {
    throw std::runtime_error{"thrown in a coroutine"};
    co_return json::object{};
}

TEST_F(HandlerLoopbackTest, FunctionAnswersWithADescribedStruct) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("greet", greet);
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "greet", .input = {{"name", "Ada"}, {"more", 1}}});
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_EQ(server.task(id).at("outputData"), (json::object{{"text", "Hello Ada"}}));
    EXPECT_TRUE(server.task(id).at("workerId").as_string().starts_with("loopback-worker-"));
    EXPECT_EQ(run.stop(), run_report{});
}

awaitable<raw_json> pass_on(raw_json in) { co_return in; }

TEST_F(HandlerLoopbackTest, TextIsPassedOnAsItIs) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    std::string seen;
    runtime->add("pass_on", pass_on);
    runtime->add("look", [&seen](raw_json const& in) {
        seen = in.text;
        return raw_json{};
    });
    background_run run{*runtime};
    json::object const input{{"name", "Ada\n"}, {"list", {1, 2.5, nullptr}}};
    auto const passed = server.enqueue({.type = "pass_on", .input = input});
    auto const looked = server.enqueue({.type = "look", .input = input});
    ASSERT_TRUE(server.wait_for_status(passed, "COMPLETED"));
    ASSERT_TRUE(server.wait_for_status(looked, "COMPLETED"));
    EXPECT_EQ(server.task(passed).at("outputData"), input);
    EXPECT_EQ(server.task(looked).at("outputData"), json::object{});
    EXPECT_EQ(run.stop(), run_report{});
    EXPECT_EQ(json::parse(seen), input);
}

TEST_F(HandlerLoopbackTest, TextThatIsNoObjectEndsTheTask) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("broken", [] { return raw_json{R"({"a":)"}; });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "broken"});
    ASSERT_TRUE(server.wait_for_status(id, "FAILED_WITH_TERMINAL_ERROR"));
    EXPECT_EQ(server.task(id).at("reasonForIncompletion").as_string(),
              "the output cannot be sent: not JSON at byte 5: incomplete JSON");
    EXPECT_EQ(run.stop(), run_report{});
}

TEST_F(HandlerLoopbackTest, HandlersOfAllTypesShareTheProcessAndWhatTheyWereMadeWith) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    std::mutex mutex;
    std::set<::pid_t> processes;
    auto const note = [&] {
        std::lock_guard lock{mutex};
        processes.insert(::getpid());
    };
    std::vector<std::string> ids;
    for (auto const* const type : {"one", "two", "three"}) {
        // What it was made with could not be copied to another process.
        runtime->add(type, [&, owned = std::make_shared<std::thread::id>()] {
            *owned = std::this_thread::get_id();
            note();
        });
        ids.push_back(server.enqueue({.type = type}));
    }
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(processes, std::set{::getpid()});
}

TEST_F(HandlerLoopbackTest, CoroutineAnswersWithADescribedStruct) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("greet", greet_as_coroutine, {.slots = 4});
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "greet", .input = {{"name", "Ada"}}});
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_EQ(server.task(id).at("outputData"), (json::object{{"text", "Hello Ada"}}));
}

TEST_F(HandlerLoopbackTest, MissingMemberFailsTheTaskForGoodAndIsNamed) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("function", greet);
    runtime->add("coroutine", greet_as_coroutine);
    background_run run{*runtime};
    for (auto const* type : {"function", "coroutine"}) {
        auto const id = server.enqueue({.type = type, .input = {{"nom", "Ada"}}});
        ASSERT_TRUE(server.wait_for_status(id, "FAILED_WITH_TERMINAL_ERROR"));
        auto const task = conductor::task{server.task(id)};
        EXPECT_NE(task.reason().find("/name"), std::string_view::npos) << task.reason();
    }
}

TEST_F(HandlerLoopbackTest, WrongMemberFailsTheTaskForGoodAndIsNamed) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("greet", greet);
    background_run run{*runtime};
    auto const id =
        server.enqueue({.type = "greet", .input = {{"name", "Ada"}, {"times", "twice"}}});
    ASSERT_TRUE(server.wait_for_status(id, "FAILED_WITH_TERMINAL_ERROR"));
    auto const task = conductor::task{server.task(id)};
    EXPECT_NE(task.reason().find("/times"), std::string_view::npos) << task.reason();
}

TEST_F(HandlerLoopbackTest, ExceptionFailsTheTask) {
    fake_conductor server;
    for (auto const* type : {"function", "coroutine", "odd"})
        server.define_task({{"name", type}, {"retryCount", 0}});
    auto const runtime = make_runtime(server);
    runtime->add("function", []() -> json::object { throw std::runtime_error{"thrown"}; });
    runtime->add("coroutine", throw_as_coroutine);
    runtime->add("odd", []() -> json::object { throw 5; });
    background_run run{*runtime};
    std::vector<std::pair<std::string, std::string_view>> const expected{
        {"function", "thrown"},
        {"coroutine", "thrown in a coroutine"},
        {"odd", "the handler threw something that is no std::exception"}};
    for (auto const& [type, reason] : expected) {
        auto const id = server.enqueue({.type = type});
        ASSERT_TRUE(server.wait_for_status(id, "FAILED"));
        EXPECT_EQ(conductor::task{server.task(id)}.reason(), reason);
    }
    EXPECT_TRUE(run.stop().clean());
}

TEST_F(HandlerLoopbackTest, FailureOfAResultFailsTheTask) {
    fake_conductor server;
    server.define_task({{"name", "read"}, {"retryCount", 0}});
    auto const runtime = make_runtime(server);
    runtime->add("read", []() -> result<json::object> {
        return failure{errc::timed_out, "reading a file"};
    });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "read"});
    ASSERT_TRUE(server.wait_for_status(id, "FAILED"));
    auto const task = conductor::task{server.task(id)};
    EXPECT_NE(task.reason().find("reading a file"), std::string_view::npos) << task.reason();
}

TEST_F(HandlerLoopbackTest, FailedTaskIsRetriedAsItsDefinitionSays) {
    fake_conductor server;
    server.define_task({{"name", "flaky"}, {"retryCount", 2}, {"retryDelaySeconds", 0}});
    auto const runtime = make_runtime(server);
    runtime->add("flaky", [](task const& task, task_context& context) {
        if (task.retry_count() < 2) return task_result::failed("not yet");
        return task_result::completed({{"key", context.idempotency_key()}});
    });
    background_run run{*runtime};
    auto const first = server.enqueue({.type = "flaky"});
    ASSERT_TRUE(server.wait_for_updates(3));
    auto const workflow = server.workflow_of(first);
    EXPECT_EQ(workflow.at("status"), "COMPLETED");
    EXPECT_EQ(workflow.at("tasks").as_array().size(), 3u);
}

TEST_F(HandlerLoopbackTest, TaskThatCallsBackFindsItsProgress) {
    fake_conductor server{{.honour_delays = false}};
    auto const runtime = make_runtime(server);
    runtime->add("count", [](task_context& context) {
        auto const& before = context.previous_output();
        if (before.empty())
            return task_result::call_back_after(std::chrono::seconds{30}, {{"next_index", 7}});
        return task_result::completed(before);
    });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "count"});
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    auto const updates = server.updates();
    ASSERT_EQ(updates.size(), 2u);
    EXPECT_EQ(updates[0].body.at("status"), "IN_PROGRESS");
    EXPECT_EQ(updates[0].body.at("callbackAfterSeconds"), 30);
    EXPECT_EQ(updates[1].body.at("outputData"), (json::object{{"next_index", 7}}));
    EXPECT_EQ(server.task(id).at("pollCount"), 2);
}

TEST_F(HandlerLoopbackTest, LongLogArrivesWholeAndInOrder) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("talk", [](task_context& context) {
        for (int i = 0; i < 23; ++i) context.log("line " + std::to_string(i));
    });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "talk"});
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    auto const lines = server.log_of(id);
    ASSERT_EQ(lines.size(), 23u);
    for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i], "line " + std::to_string(i));
}

TEST_F(HandlerLoopbackTest, WorkerOfADomainTakesTheDomainsTasksOnly) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("work", [] { return json::object{{"by", "domain"}}; }, {.domain = "ours"});
    runtime->add("work", [] { return json::object{{"by", "none"}}; });
    background_run run{*runtime};
    auto const in_domain = server.enqueue({.type = "work", .domain = "ours"});
    auto const in_none = server.enqueue({.type = "work"});
    ASSERT_TRUE(server.wait_for_statuses({in_domain, in_none}, "COMPLETED"));
    EXPECT_EQ(server.task(in_domain).at("outputData").at("by"), "domain");
    EXPECT_EQ(server.task(in_none).at("outputData").at("by"), "none");
}

}  // namespace
}  // namespace conductor::test
