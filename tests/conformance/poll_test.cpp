#include "conformance/conformance_case.hpp"
#include "conformance/server_under_test.hpp"

#include <set>

namespace conductor::test {
namespace {

using PollConformanceTest = conformance_case;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST_F(PollConformanceTest, EmptyQueueGivesNoTasks) {
    EXPECT_TRUE(poll(define_task("task"), 3).empty());
}

TEST_F(PollConformanceTest, UnknownTypeGivesNoTasks) {
    EXPECT_TRUE(poll(unique("never_defined"), 3).empty());
}

TEST_F(PollConformanceTest, ClaimedTaskNamesItsClaim) {
    auto const type = define_task("task", {{"responseTimeoutSeconds", 77}});
    auto const workflow = start_one(type, 5);
    auto const claimed = claim(type);
    EXPECT_FALSE(claimed.id().empty());
    EXPECT_EQ(claimed.type(), type);
    EXPECT_EQ(claimed.status(), "IN_PROGRESS");
    EXPECT_EQ(claimed.workflow_id(), workflow);
    EXPECT_EQ(claimed.workflow_type(), unique("workflow"));
    EXPECT_EQ(claimed.reference_name(), "one");
    EXPECT_EQ(claimed.worker_id(), "conformance-worker");
    EXPECT_EQ(claimed.poll_count(), 1);
    EXPECT_EQ(claimed.retry_count(), 0);
    EXPECT_EQ(claimed.response_timeout(), std::chrono::seconds{77});
    EXPECT_EQ(claimed.input(), (boost::json::object{{"in", 5}}));
    EXPECT_TRUE(claimed.output().empty());
    EXPECT_GT(claimed.number("startTime"), 0);
    EXPECT_EQ(claimed.number("callbackAfterSeconds"), 0);
}

TEST_F(PollConformanceTest, ClaimedTaskIsNotHandedOutAgain) {
    auto const type = define_task("task");
    start_one(type);
    claim(type);
    EXPECT_TRUE(poll(type, 5).empty());
}

TEST_F(PollConformanceTest, ReadTaskIsTheClaimedOne) {
    auto const type = define_task("task");
    start_one(type, "text");
    auto const claimed = claim(type);
    auto const read = run(tasks_.get(std::string{claimed.id()}));
    EXPECT_EQ(read.status(), "IN_PROGRESS");
    EXPECT_EQ(read.worker_id(), "conformance-worker");
    EXPECT_EQ(read.poll_count(), 1);
    EXPECT_EQ(read.input(), claimed.input());
}

TEST_F(PollConformanceTest, GivesNoMoreThanAskedFor) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    std::set<std::string> ids;
    for (int i = 0; i < 3; ++i) start(workflow);
    // The trap of the next case is of use here: the poll waits until two are there.
    for (auto const& each : poll(type, 2, milliseconds{5000})) ids.emplace(each.id());
    EXPECT_EQ(ids.size(), 2u);
    ids.emplace(claim(type).id());
    EXPECT_EQ(ids.size(), 3u);
}

// How long a poll for two takes when there is one.
struct batch_case : conformance_case {
    steady_clock::duration time_of_two() {
        workflow_ = define_workflow("workflow", {type_});
        start(workflow_);
        auto const started = steady_clock::now();
        EXPECT_EQ(poll(type_, 2, wait_).size(), 1u);
        return steady_clock::now() - started;
    }

    std::string type_ = define_task("task");
    std::string workflow_;
    milliseconds wait_{3000};
};

struct FullBatchConformanceTest : batch_case {
    void SetUp() override {
        if (!server_waits_for_full_batches()) GTEST_SKIP() << "this server does not wait for all";
    }
};

struct PartBatchConformanceTest : batch_case {
    void SetUp() override {
        if (server_waits_for_full_batches()) GTEST_SKIP() << "this server waits for all";
    }
};

TEST_F(FullBatchConformanceTest, LongPollForSeveralWaitsUntilAllAreThere) {
    auto const two_took = time_of_two();
    EXPECT_GE(two_took, wait_ * 9 / 10);

    start(workflow_);
    auto const again = steady_clock::now();
    EXPECT_EQ(poll(type_, 1, wait_).size(), 1u);
    EXPECT_LT(steady_clock::now() - again, two_took);
}

TEST_F(PartBatchConformanceTest, LongPollForSeveralEndsWithTheFirst) {
    EXPECT_LT(time_of_two(), wait_ / 2);
}

TEST_F(PollConformanceTest, DomainIsAQueueOfItsOwn) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    run(workflows_.start({.name = workflow, .extra = {{"taskToDomain", {{type, "ours"}}}}}));
    poll_request const in_domain{
        .type = type, .worker_id = "w", .domain = "ours", .wait = milliseconds{5000}};
    auto const claimed = run(tasks_.poll(in_domain));
    ASSERT_EQ(claimed.size(), 1u);
    EXPECT_EQ(claimed.front().domain(), "ours");

    run(workflows_.start({.name = workflow, .extra = {{"taskToDomain", {{type, "ours"}}}}}));
    EXPECT_TRUE(poll(type, 1, milliseconds{300}).empty());
}

}  // namespace
}  // namespace conductor::test
