#include "conformance/conformance_case.hpp"

#include "conformance/server_under_test.hpp"
#include "support/orkes_api.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <stdexcept>

#include <unistd.h>

namespace conductor::test {

namespace json = boost::json;

namespace {

constexpr std::chrono::milliseconds long_wait{1000};
constexpr std::string_view worker = "conformance-worker";

std::string const& run_mark() {
    static auto const mark =
        std::to_string(::getpid()) + "_" +
        std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    return mark;
}

client_options options(std::vector<std::string>& calls) {
    client_options made;
    made.server_url = server_under_test();
    made.request_timeout = time_limit;
    made.on_call = [&calls](call_report const& call) {
        calls.push_back(std::string{call.method} + " " + std::string{call.uri});
    };
    return made;
}

}  // namespace

conformance_case::conformance_case()
    : rest_(std::make_shared<rest_client>(loop_.get_executor(), options(calls_))),
      tasks_(rest_),
      metadata_(rest_),
      workflows_(rest_),
      schedules_(rest_) {
    auto* const fake = fake_under_test();
    if (fake != nullptr) sent_before_ = fake->http().requests().size();
}

void conformance_case::TearDown() {
    if (!keeps_to_the_api_) return;
    orkes_api const api;
    for (auto const& call : calls_) EXPECT_TRUE(api.allows(call)) << call;
    auto* const fake = fake_under_test();
    if (fake == nullptr) return;
    auto const requests = fake->http().requests();
    expect_within_orkes_api(std::span{requests}.subspan(sent_before_));
}

std::string conformance_case::unique(std::string_view name) const {
    auto const* const current = ::testing::UnitTest::GetInstance()->current_test_info();
    return std::string{name} + "_" + current->name() + "_" + run_mark();
}

std::string conformance_case::define_task(std::string_view name, json::object members) {
    json::object definition{{"name", unique(name)},
                            {"retryCount", 0},
                            {"timeoutSeconds", 600},
                            {"responseTimeoutSeconds", 60},
                            {"ownerEmail", "conformance@example.com"}};
    for (auto& [member, value] : members) definition[member] = std::move(value);
    run(metadata_.create_task_definition(std::move(definition)));
    return unique(name);
}

std::string conformance_case::define_workflow(std::string_view name,
                                              std::vector<std::string> const& types) {
    constexpr std::array references{"one", "two", "three"};
    json::array tasks;
    for (std::size_t i = 0; i < types.size(); ++i) {
        tasks.push_back({{"name", types[i]},
                         {"taskReferenceName", references.at(i)},
                         {"type", "SIMPLE"},
                         {"inputParameters", {{"in", "${workflow.input.in}"}}}});
    }
    run(metadata_.put_workflow_definition({{"name", unique(name)},
                                           {"version", 1},
                                           {"schemaVersion", 2},
                                           {"ownerEmail", "conformance@example.com"},
                                           {"timeoutSeconds", 0},
                                           {"tasks", std::move(tasks)}}));
    return unique(name);
}

std::string conformance_case::start(std::string const& workflow, json::value in) {
    return run(workflows_.start({.name = workflow, .input = {{"in", std::move(in)}}}));
}

std::string conformance_case::start_one(std::string const& type, json::value in) {
    return start(define_workflow("workflow", {type}), std::move(in));
}

std::vector<task> conformance_case::poll(std::string const& type, std::size_t count,
                                         std::chrono::milliseconds wait) {
    return run(tasks_.poll({.type = type,
                            .worker_id = std::string{worker},
                            .domain = {},
                            .count = count,
                            .wait = wait}));
}

task conformance_case::claim(std::string const& type) {
    auto const deadline = std::chrono::steady_clock::now() + time_limit;
    while (std::chrono::steady_clock::now() < deadline) {
        auto claimed = poll(type, 1, long_wait);
        if (!claimed.empty()) return claimed.front();
    }
    throw std::runtime_error{"no task of type " + type + " came"};
}

task_update conformance_case::report(task const& of, task_status status,
                                     json::object output) const {
    task_update update;
    update.task_id = of.id();
    update.workflow_id = of.workflow_id();
    update.worker_id = worker;
    update.status = status;
    update.output = std::move(output);
    return update;
}

json::object conformance_case::wait_for_workflow(std::string const& id, std::string_view status) {
    auto const deadline = std::chrono::steady_clock::now() + time_limit;
    json::object workflow;
    while (std::chrono::steady_clock::now() < deadline) {
        workflow = run(workflows_.get(id));
        if (workflow["status"].as_string() == status) return workflow;
    }
    throw std::runtime_error{"workflow " + id + " is " + json::serialize(workflow["status"])};
}

::testing::AssertionResult contains(json::object const& object, json::object const& members) {
    for (auto const& [name, value] : members) {
        auto const* const found = object.if_contains(name);
        if (found != nullptr && *found == value) continue;
        return ::testing::AssertionFailure()
               << std::string_view{name} << " is "
               << (found == nullptr ? "absent" : json::serialize(*found)) << ", expected "
               << json::serialize(value);
    }
    return ::testing::AssertionSuccess();
}

}  // namespace conductor::test
