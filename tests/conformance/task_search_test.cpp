#include "conformance/conformance_case.hpp"
#include "conformance/server_under_test.hpp"

#include <set>

namespace conductor::test {
namespace {

namespace json = boost::json;

struct search_case : conformance_case {
    std::vector<task> search(std::string const& type, std::string status = "IN_PROGRESS") {
        return run(tasks_.search({.type = type, .status = std::move(status)}));
    }
};

struct SearchConformanceTest : search_case {
    void SetUp() override {
        if (!server_has_index()) GTEST_SKIP() << "this server has no index";
    }
};

struct WholeTasksConformanceTest : search_case {
    void SetUp() override {
        if (!server_finds_whole_tasks()) GTEST_SKIP() << "this server does not find whole tasks";
    }
};

struct SummariesConformanceTest : search_case {
    void SetUp() override {
        if (server_finds_whole_tasks() || !server_has_index())
            GTEST_SKIP() << "this server finds whole tasks, or none";
    }
};

struct NoIndexConformanceTest : search_case {
    void SetUp() override {
        if (server_has_index()) GTEST_SKIP() << "this server has an index";
    }
};

TEST_F(SearchConformanceTest, ClaimedTaskIsFoundAtOnceWithItsClaim) {
    auto const type = define_task("task");
    start_one(type, 5);
    auto const claimed = claim(type);
    auto const found = search(type);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().id(), claimed.id());
    EXPECT_EQ(found.front().type(), type);
    EXPECT_EQ(found.front().workflow_id(), claimed.workflow_id());
    EXPECT_EQ(found.front().worker_id(), "conformance-worker");
    EXPECT_EQ(found.front().poll_count(), 1);
    EXPECT_EQ(found.front().input(), claimed.input());
}

TEST_F(SearchConformanceTest, TaskThatAnUpdateBroughtIsFoundToo) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    start(workflow);
    auto const first = claim(type);
    start(workflow);
    auto const next = run(tasks_.update_and_poll(report(first, task_status::completed)));
    ASSERT_TRUE(next.has_value());
    auto const found = search(type);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().id(), next->id());
    EXPECT_EQ(found.front().worker_id(), "conformance-worker");
}

TEST_F(SearchConformanceTest, TaskThatNobodyHasClaimedIsNotFound) {
    auto const type = define_task("task");
    start_one(type);
    EXPECT_TRUE(search(type).empty());
    EXPECT_TRUE(search(type, "SCHEDULED").empty());
}

TEST_F(SearchConformanceTest, TaskIsFoundByTheStatusThatItHasNow) {
    auto const type = define_task("task");
    start_one(type);
    auto back = report(claim(type), task_status::in_progress, {{"progress", 3}});
    run(tasks_.update(back));
    EXPECT_TRUE(search(type).empty());
    auto const waiting = search(type, "SCHEDULED");
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting.front().output(), (json::object{{"progress", 3}}));

    run(tasks_.update(report(claim(type), task_status::completed, {{"done", true}})));
    EXPECT_TRUE(search(type).empty());
    EXPECT_TRUE(search(type, "SCHEDULED").empty());
    auto const ended = search(type, "COMPLETED");
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(ended.front().output(), (json::object{{"done", true}}));
}

TEST_F(SearchConformanceTest, BeatLeavesATaskWhereItIsFound) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    run(tasks_.extend_lease({.task_id = std::string{claimed.id()},
                             .workflow_id = std::string{claimed.workflow_id()},
                             .worker_id = "conformance-worker"}));
    ASSERT_EQ(search(type).size(), 1u);
    EXPECT_EQ(search(type).front().id(), claimed.id());
}

TEST_F(SearchConformanceTest, TaskOfATerminatedExecutionIsFoundAsCanceled) {
    auto const type = define_task("task");
    auto const workflow = start_one(type);
    claim(type);
    run(workflows_.terminate(workflow, "enough"));
    EXPECT_TRUE(search(type).empty());
    EXPECT_EQ(search(type, "CANCELED").size(), 1u);
}

TEST_F(SearchConformanceTest, PagesTogetherHoldEachTaskOnce) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    std::set<std::string> claimed;
    for (int i = 0; i < 3; ++i) {
        start(workflow);
        claimed.emplace(claim(type).id());
    }
    std::vector<std::size_t> sizes;
    std::set<std::string> found;
    for (std::size_t start : {0u, 2u, 4u}) {
        auto const page = run(tasks_.search({.type = type, .start = start, .count = 2}));
        sizes.push_back(page.size());
        for (auto const& each : page) found.emplace(each.id());
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1, 0}));
    EXPECT_EQ(found, claimed);
}

TEST_F(SearchConformanceTest, OtherTypesAreNotFound) {
    auto const type = define_task("task");
    start_one(type);
    claim(type);
    EXPECT_TRUE(search(unique("never_defined")).empty());
    EXPECT_TRUE(search(type.substr(0, type.size() - 1)).empty());
    EXPECT_TRUE(search(type + "1").empty());
}

// So whoever searches compares the type of each hit.
TEST_F(SearchConformanceTest, AsteriskInATypeStandsForAnyText) {
    auto const type = define_task("task");
    start_one(type);
    claim(type);
    auto const found = search("*" + type.substr(1));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().type(), type);
}

TEST_F(WholeTasksConformanceTest, QueryThatSaysNothingIsABadRequest) {
    auto const refused =
        attempt(rest_->call({.path = "/tasks/search-v2", .query = {{"query", "nonsense"}}}));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, make_http_error(400));
    EXPECT_NE(refused.error().detail.find("Incorrectly formatted query"), std::string::npos);
}

// All that a worker does about a claim whose answer never reached it.
TEST_F(SearchConformanceTest, LostClaimIsFoundAndComesBackWithItsOutput) {
    auto const type = define_task("task");
    start_one(type, 5);
    run(tasks_.update(report(claim(type), task_status::in_progress, {{"progress", 3}})));
    claim(type);
    auto const found = search(type);
    ASSERT_EQ(found.size(), 1u);
    auto const read = run(tasks_.get(std::string{found.front().id()}));
    EXPECT_EQ(read.worker_id(), "conformance-worker");
    EXPECT_EQ(read.poll_count(), 2);
    run(tasks_.update(report(read, task_status::in_progress, read.output())));
    auto const again = claim(type);
    EXPECT_EQ(again.id(), read.id());
    EXPECT_EQ(again.poll_count(), 3);
    EXPECT_EQ(again.output(), (json::object{{"progress", 3}}));
}

// So the client reads each task that a summary names.
TEST_F(SummariesConformanceTest, SearchForWholeTasksFails) {
    auto const refused =
        attempt(rest_->call({.path = "/tasks/search-v2", .query = {{"query", "status='FAILED'"}}}));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, make_http_error(500));
}

// Success and nothing: so a search counts only once it has shown a task that is in flight.
TEST_F(NoIndexConformanceTest, NothingIsEverFound) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    EXPECT_TRUE(search(type).empty());
    run(tasks_.update(report(claimed, task_status::completed)));
    EXPECT_TRUE(search(type, "COMPLETED").empty());
}

}  // namespace
}  // namespace conductor::test
