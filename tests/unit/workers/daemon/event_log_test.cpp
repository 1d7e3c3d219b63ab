#include "log_capture.hpp"

#include "support/manual_clock.hpp"

#include <daemon/log/event_log.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::log_level;
using std::chrono::milliseconds;
using std::chrono::seconds;
using strings = std::vector<std::string>;

task const claimed{{{"taskId", "t1"},
                    {"taskType", "star_filter"},
                    {"referenceTaskName", "filter_ref"},
                    {"workflowInstanceId", "w1"},
                    {"inputData", {{"gh_token", "ghp_secret"}}}}};

task_update update_of_t1() {
    task_update update;
    update.task_id = "t1";
    update.workflow_id = "w1";
    return update;
}

class EventLogTest : public testing::Test {
protected:
    log_capture captured{log_level::info};
    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    daemon::event_log log{captured.log(), clock, "http://c/api"};
    failure const refused{error_code{errc::timed_out}, "GET http://c/api/x"};
};

TEST_F(EventLogTest, ATaskThatEndedWellIsOneLine) {
    log.on(events::polled{.type = "star_filter", .tasks = 1});
    log.on(events::started{claimed});
    log.on(
        events::finished{claimed, task_result::completed({{"out", "payload"}}), milliseconds{12}});
    log.on(events::updated{update_of_t1(), milliseconds{4}});
    EXPECT_EQ(captured.lines(), strings{"info task completed type=star_filter task=t1 "
                                        "ref=filter_ref workflow=w1 ms=12"});
}

TEST_F(EventLogTest, AFailedTaskIsAWarningWithItsReason) {
    log.on(events::finished{claimed, task_result::failed_for_good("BAD_INPUT /x: no\nway"),
                            milliseconds{1}});
    EXPECT_EQ(captured.lines(),
              strings{"warning task failed for good type=star_filter task=t1 ref=filter_ref "
                      "workflow=w1 ms=1 reason=\"BAD_INPUT /x: no\\nway\""});
}

TEST_F(EventLogTest, ATaskGivenBackSaysWhenItComesAgain) {
    log.on(events::finished{claimed, task_result::call_back_after(seconds{30}), milliseconds{1}});
    EXPECT_EQ(captured.lines(),
              strings{"info task given back, to go on later type=star_filter task=t1 "
                      "ref=filter_ref workflow=w1 ms=1 back_after_s=30"});
}

TEST_F(EventLogTest, AnUnreachableServerIsSpokenOfOnceAMinuteAndItsReturnOnce) {
    for (int second = 0; second < 90; ++second) {
        log.on(events::poll_failed{.type = "a", .error = refused, .delay = milliseconds{1000}});
        log.on(events::poll_failed{.type = "b", .error = refused, .delay = milliseconds{1000}});
        clock->advance(seconds{1});
    }
    log.on(events::polled{.type = "a", .tasks = 0});
    log.on(events::polled{.type = "b", .tasks = 0});
    log.on(events::polled{.type = "a", .tasks = 0});
    auto const lines = captured.lines();
    ASSERT_EQ(lines.size(), 3U) << testing::PrintToString(lines);
    EXPECT_TRUE(lines[0].starts_with("warning cannot poll the server; trying again"));
    EXPECT_NE(lines[0].find("server=http://c/api"), std::string::npos);
    EXPECT_NE(lines[1].find("since_s=60"), std::string::npos);
    EXPECT_TRUE(lines[2].starts_with("info the server answers again")) << lines[2];
    EXPECT_NE(lines[2].find("after_s=90"), std::string::npos) << lines[2];
}

TEST_F(EventLogTest, AResultThatIsLostIsAnError) {
    task_update const update = update_of_t1();
    log.on(events::update_failed{update, refused, milliseconds{50}});
    log.on(events::update_lost{update, refused});
    auto const lines = captured.lines();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_TRUE(lines[0].starts_with("warning cannot deliver a result; trying again"));
    EXPECT_TRUE(lines[1].starts_with("error result lost"));
}

TEST_F(EventLogTest, ASearchThatShowsNothingIsAWarningWithWhatItMeans) {
    log.on(events::recovery_unavailable{.why = "is indexing off?"});
    EXPECT_EQ(captured.lines(),
              strings{"warning recovery unavailable: tasks whose claims were lost come back after "
                      "their response timeout server=http://c/api error=\"is indexing off?\""});
}

TEST_F(EventLogTest, NoInputOutputOrLogOfATaskAppearsAtAnyLevel) {
    log_capture all{log_level::debug};
    daemon::event_log loud{all.log(), clock, "http://c/api"};
    task_update update = update_of_t1();
    update.output = {{"out", "payload"}};
    update.logs = {{"logged", {}}};
    loud.on(events::polled{.type = "star_filter", .tasks = 1});
    loud.on(events::started{claimed});
    loud.on(
        events::finished{claimed, task_result::completed({{"out", "payload"}}), milliseconds{1}});
    loud.on(events::updated{update, milliseconds{1}});
    loud.on(events::given_back{claimed});
    loud.on(events::loop_held{"star_filter", milliseconds{120}});
    loud.on(events::draining{2});
    EXPECT_EQ(all.lines().size(), 7U);
    for (auto const& line : all.lines())
        for (std::string const hidden : {"ghp_secret", "payload", "logged"})
            EXPECT_EQ(line.find(hidden), std::string::npos) << line;
}

}  // namespace
}  // namespace conductor::test
