#include "task_spans.hpp"

#include "some_span.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace conductor::tracing {
namespace {

using namespace std::chrono_literals;
using std::chrono::system_clock;

constexpr system_clock::time_point claimed_at{1000s};
constexpr auto parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr auto unsampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

/** @brief Numbers that differ from each other, the same ones each time. */
class counting_random final : public random_source {
public:
    double unit() override { return static_cast<double>(++count_ % 251) / 256; }

private:
    unsigned count_ = 0;
};

task claimed_by(boost::json::object input, std::string const& id = "t-1") {
    return task{{{"taskId", id},
                 {"taskType", "greet"},
                 {"workflowInstanceId", "w-1"},
                 {"inputData", std::move(input)}}};
}

std::string fact(span const& of, std::string_view key) {
    auto const found = std::ranges::find(of.attributes, key, &attribute::key);
    if (found == of.attributes.end()) return "absent";
    return std::get<std::string>(found->value);
}

std::vector<std::string> events_of(span const& of) {
    std::vector<std::string> names;
    for (auto const& event : of.events) names.push_back(event.name);
    return names;
}

struct TaskSpansTest : testing::Test {
    task_spans spans{{}, std::make_shared<counting_random>(), 3};
    task claimed = claimed_by({{"traceparent", parent}, {"tracestate", "rojo=1"}});
    task_update update;
    std::vector<span> ended;

    TaskSpansTest() {
        update.task_id = "t-1";
        update.task_type = "greet";
    }

    void tell(runtime_event const& event, system_clock::time_point now = claimed_at) {
        for (auto& one : spans.take(event, now)) ended.push_back(std::move(one));
    }
    void start() { tell(events::started{.task = claimed, .claim_took = 30ms}); }
    void finish(task_result const& outcome = {}) {
        tell(events::finished{.task = claimed, .outcome = outcome, .took = 2s}, claimed_at + 2s);
    }
};

TEST_F(TaskSpansTest, ATaskIsASpanWithPollRunAndReportBelowIt) {
    start();
    finish();
    tell(events::updated{.update = update, .took = 10ms}, claimed_at + 3s);

    ASSERT_EQ(ended.size(), 4U);
    auto const& whole = ended[3];
    EXPECT_EQ(whole.name, "task greet");
    EXPECT_EQ(whole.kind, span_kind::consumer);
    EXPECT_EQ(whole.start, claimed_at - 30ms);
    EXPECT_EQ(whole.end, claimed_at + 3s);
    std::vector<std::string> names;
    for (auto const& part : {ended[0], ended[1], ended[2]}) {
        EXPECT_EQ(part.parent, whole.id);
        EXPECT_EQ(part.trace, whole.trace);
        EXPECT_EQ(part.state, "rojo=1");
        EXPECT_NE(part.id, whole.id);
        EXPECT_FALSE(part.has_failed);
        names.push_back(part.name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"poll greet", "execute greet", "update greet"}));
    EXPECT_EQ(ended[0].start, claimed_at - 30ms);
    EXPECT_EQ(ended[0].end, claimed_at);
    EXPECT_EQ(ended[1].kind, span_kind::internal);
    EXPECT_EQ(ended[1].start, claimed_at);
    EXPECT_EQ(ended[2].kind, span_kind::client);
    EXPECT_EQ(ended[2].start, claimed_at + 3s - 10ms);
    EXPECT_EQ(spans.open(), 0U);
}

TEST_F(TaskSpansTest, TheInputsTraceGoesOn) {
    start();
    tell(events::updated{.update = update});

    auto const& whole = ended.back();
    EXPECT_EQ(to_hex(whole.trace), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(to_hex(*whole.parent), "00f067aa0ba902b7");
    EXPECT_EQ(whole.state, "rojo=1");
}

TEST_F(TaskSpansTest, WithoutAParentATraceBegins) {
    for (auto const& input : {boost::json::object{}, boost::json::object{{"traceparent", 7}},
                              boost::json::object{{"traceparent", "00-none"}}}) {
        claimed = claimed_by(input);
        start();
        tell(events::updated{.update = update});
        EXPECT_EQ(ended.back().parent, std::nullopt);
        EXPECT_NE(ended.back().trace, trace_id{});
    }
    EXPECT_NE(ended[1].trace, ended[3].trace);
}

TEST_F(TaskSpansTest, WhatTheSenderDoesNotTraceIsNotTraced) {
    claimed = claimed_by({{"traceparent", unsampled}});
    start();
    finish();
    tell(events::updated{.update = update});

    EXPECT_TRUE(ended.empty());
}

TEST_F(TaskSpansTest, SamplingDecidesWhereNoSenderDoes) {
    spans = task_spans{{true, 0}, std::make_shared<counting_random>()};
    claimed = claimed_by({});
    start();
    EXPECT_EQ(spans.open(), 0U);
    claimed = claimed_by({{"traceparent", parent}});
    start();
    EXPECT_EQ(spans.open(), 1U);
    spans = task_spans{{false, 0}, std::make_shared<counting_random>()};
    start();

    EXPECT_EQ(spans.open(), 0U);
}

TEST_F(TaskSpansTest, AFailedTaskIsAnErrorWithoutItsReason) {
    start();
    finish(task_result::failed_for_good("a reason"));
    update.status = task_status::failed_with_terminal_error;
    tell(events::updated{.update = update});

    EXPECT_TRUE(ended[1].has_failed);
    EXPECT_EQ(fact(ended[1], "error.type"), "FAILED_WITH_TERMINAL_ERROR");
    EXPECT_FALSE(ended[2].has_failed);
    EXPECT_TRUE(ended[3].has_failed);
    EXPECT_EQ(fact(ended[3], "conductor.task.status"), "FAILED_WITH_TERMINAL_ERROR");
}

TEST_F(TaskSpansTest, EachAttemptToReportIsASpan) {
    failure const busy{.code = make_http_error(503)};
    start();
    finish();
    tell(events::update_failed{.update = update, .error = busy, .took = 4ms}, claimed_at + 3s);
    tell(events::stored{.update = update}, claimed_at + 3s);
    tell(events::updated{.update = update}, claimed_at + 9s);

    ASSERT_EQ(ended.size(), 5U);
    EXPECT_TRUE(ended[2].has_failed);
    EXPECT_EQ(fact(ended[2], "error.type"), "http_503");
    EXPECT_EQ(ended[2].start, claimed_at + 3s - 4ms);
    EXPECT_FALSE(ended[3].has_failed);
    EXPECT_FALSE(ended[4].has_failed);
    EXPECT_EQ(events_of(ended[4]), std::vector<std::string>{"result stored"});
    EXPECT_EQ(ended[4].end, claimed_at + 9s);
}

TEST_F(TaskSpansTest, ALostResultIsAnError) {
    failure const gone{.code = make_http_error(404)};
    start();
    finish();
    tell(events::update_lost{.update = update, .error = gone}, claimed_at + 5s);

    EXPECT_EQ(ended.back().name, "task greet");
    EXPECT_TRUE(ended.back().has_failed);
    EXPECT_EQ(fact(ended.back(), "error.type"), "http_404");
    EXPECT_EQ(events_of(ended.back()), std::vector<std::string>{"result lost"});
    EXPECT_EQ(spans.open(), 0U);
}

TEST_F(TaskSpansTest, ATaskThatIsNoLongerOursEndsWithItsHandler) {
    start();
    tell(events::cancelled{.task = claimed, .reason = cancel_reason::moved_on}, claimed_at + 1s);
    finish(task_result::failed("stopped"));

    EXPECT_EQ(ended.back().name, "task greet");
    EXPECT_EQ(fact(ended.back(), "error.type"), "moved_on");
    EXPECT_EQ(events_of(ended.back()), std::vector<std::string>{"task moved on"});
    EXPECT_EQ(spans.open(), 0U);
}

TEST_F(TaskSpansTest, AGivenBackTaskEnds) {
    start();
    tell(events::given_back{.task = claimed}, claimed_at + 1s);

    EXPECT_EQ(events_of(ended.back()), std::vector<std::string>{"given back"});
    EXPECT_EQ(spans.open(), 0U);
}

TEST_F(TaskSpansTest, ATaskThatIsClaimedAgainBeginsAnew) {
    start();
    start();

    EXPECT_EQ(spans.open(), 1U);
    EXPECT_EQ(events_of(ended.at(1)), std::vector<std::string>{"claimed again"});
}

TEST_F(TaskSpansTest, TracesNoMoreTasksAtOnceThanItMay) {
    for (auto const* const id : {"t-1", "t-2", "t-3", "t-4"}) {
        claimed = claimed_by({}, id);
        start();
    }

    EXPECT_EQ(spans.open(), 3U);
}

TEST_F(TaskSpansTest, TellsNothingOfTasksThatItDoesNotKnow) {
    failure const gone{.code = make_http_error(404)};
    finish();
    tell(events::updated{.update = update});
    tell(events::update_failed{.update = update, .error = gone});
    tell(events::update_lost{.update = update, .error = gone});
    tell(events::stored{.update = update});
    tell(events::cancelled{.task = claimed});
    tell(events::polled{.type = "greet"});

    EXPECT_TRUE(ended.empty());
}

TEST_F(TaskSpansTest, AnIdIsNeverAllZero) {
    struct zero final : random_source {
        double unit() override { return 0; }
    };
    spans = task_spans{{}, std::make_shared<zero>()};
    claimed = claimed_by({});
    start();

    EXPECT_NE(ended.at(0).id, span_id{});
    EXPECT_NE(ended.at(0).trace, trace_id{});
}

}  // namespace
}  // namespace conductor::tracing
