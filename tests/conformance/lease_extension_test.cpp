#include "conformance/conformance_case.hpp"

namespace conductor::test {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

struct LeaseConformanceTest : conformance_case {
    lease_request beat_of(task const& claimed, std::string worker = "conformance-worker") const {
        return {.task_id = std::string{claimed.id()},
                .workflow_id = std::string{claimed.workflow_id()},
                .worker_id = std::move(worker)};
    }

    task read(task const& claimed) { return run(tasks_.get(std::string{claimed.id()})); }

    // Only when it looks at an execution does a server see that a task's time is over.
    void look_at(std::string_view workflow) {
        rest_call call{.method = "PUT", .path = "/workflow/decide/{workflowId}"};
        call.arguments.emplace_back(workflow);
        run(rest_->call(std::move(call)));
    }
};

json::object without_update_time(task const& of) {
    auto members = of.document();
    members.erase("updateTime");
    return members;
}

TEST_F(LeaseConformanceTest, BeatMovesTheTimeOfTheUpdateAndNothingElse) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    auto const before = read(claimed);
    run(tasks_.extend_lease(beat_of(claimed)));
    auto const after = read(claimed);
    EXPECT_EQ(without_update_time(after), without_update_time(before));
    EXPECT_GE(after.number("updateTime"), before.number("updateTime"));
}

TEST_F(LeaseConformanceTest, BeatThatIsAResultTooIsABeat) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    auto const before = read(claimed);
    auto update = report(claimed, task_status::completed, {{"ignored", true}});
    update.reason = "ignored";
    update.logs = {{"ignored", {}}};
    update.extra = {{"extendLease", true}};
    run(tasks_.update(update));
    EXPECT_EQ(without_update_time(read(claimed)), without_update_time(before));
    EXPECT_TRUE(run(tasks_.logs(std::string{claimed.id()})).empty());
}

TEST_F(LeaseConformanceTest, BeatOfAnEndedTaskIsTakenAndChangesNothing) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    run(tasks_.update(report(claimed, task_status::completed, {{"n", 1}})));
    auto const ended = read(claimed);
    run(tasks_.extend_lease(beat_of(claimed)));
    EXPECT_EQ(read(claimed).document(), ended.document());
}

TEST_F(LeaseConformanceTest, BeatOfATaskThatWasGivenBackLeavesItWaiting) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    auto back = report(claimed, task_status::in_progress, {{"n", 1}});
    back.callback_after = std::chrono::seconds{300};
    run(tasks_.update(back));
    auto const before = read(claimed);
    run(tasks_.extend_lease(beat_of(claimed)));
    EXPECT_EQ(before.status(), "SCHEDULED");
    EXPECT_EQ(without_update_time(read(claimed)), without_update_time(before));
}

TEST_F(LeaseConformanceTest, BeatOfAnUnknownTaskIsGone) {
    task const unknown{{{"taskId", "no-such-task"}, {"workflowInstanceId", "no-such-workflow"}}};
    auto const refused = attempt(tasks_.extend_lease(beat_of(unknown)));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, make_http_error(404));
    EXPECT_NE(refused.error().detail.find("no-such-task"), std::string::npos);
}

TEST_F(LeaseConformanceTest, AnybodysBeatKeepsAClaimAndLeavesItsWorker) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    run(tasks_.extend_lease(beat_of(claimed, "somebody-else")));
    EXPECT_EQ(read(claimed).worker_id(), "conformance-worker");
    EXPECT_EQ(read(claimed).status(), "IN_PROGRESS");
}

TEST_F(LeaseConformanceTest, OnlyTheTaskWithoutBeatsTimesOut) {
    auto const type = define_task("task", {{"responseTimeoutSeconds", 2}});
    auto const workflow = define_workflow("workflow", {type});
    start(workflow);
    auto const left_alone = claim(type);
    start(workflow);
    auto const beaten = claim(type);
    auto const deadline = std::chrono::steady_clock::now() + time_limit;
    while (read(left_alone).status() == "IN_PROGRESS") {
        ASSERT_LT(std::chrono::steady_clock::now(), deadline);
        run(tasks_.extend_lease(beat_of(beaten)));
        look_at(left_alone.workflow_id());
        look_at(beaten.workflow_id());
        poll(unique("nothing"), 1, milliseconds{100});
    }
    EXPECT_EQ(read(left_alone).status(), "TIMED_OUT");
    EXPECT_EQ(read(left_alone).reason().substr(0, 27), "responseTimeout: 2 exceeded");
    EXPECT_EQ(read(beaten).status(), "IN_PROGRESS");
    wait_for_workflow(std::string{left_alone.workflow_id()}, "TIMED_OUT");
}

TEST_F(LeaseConformanceTest, TimedOutTaskIsTriedAgainAndItsLateResultIgnored) {
    auto const type = define_task(
        "task", {{"responseTimeoutSeconds", 1}, {"retryCount", 1}, {"retryDelaySeconds", 0}});
    start_one(type, 5);
    auto const first = claim(type);
    auto const deadline = std::chrono::steady_clock::now() + time_limit;
    std::vector<task> again;
    while (again.empty()) {
        ASSERT_LT(std::chrono::steady_clock::now(), deadline);
        look_at(first.workflow_id());
        again = poll(type, 1, milliseconds{100});
    }
    EXPECT_EQ(again.front().text("retriedTaskId"), first.id());
    EXPECT_EQ(again.front().retry_count(), 1);
    EXPECT_EQ(again.front().input(), first.input());
    run(tasks_.update(report(first, task_status::completed, {{"late", true}})));
    EXPECT_EQ(read(first).status(), "TIMED_OUT");
    EXPECT_TRUE(read(first).output().empty());
}

}  // namespace
}  // namespace conductor::test
