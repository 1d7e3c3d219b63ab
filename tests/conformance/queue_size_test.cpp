#include "conformance/conformance_case.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace conductor::test {
namespace {

struct QueueSizeConformanceTest : conformance_case {
    std::int64_t waiting(std::string const& queue) {
        return run(tasks_.queue_sizes({queue})).at(queue);
    }

    // PostgreSQL's server notes polls some seconds later.
    poll_data last_poll_of(std::string const& type) {
        auto const deadline = std::chrono::steady_clock::now() + time_limit;
        while (std::chrono::steady_clock::now() < deadline) {
            auto const all = run(tasks_.all_poll_data());
            auto const last = std::ranges::find(all, type, &poll_data::type);
            if (last != all.end()) return *last;
        }
        throw std::runtime_error{"no poll of " + type + " was noted"};
    }
};

TEST_F(QueueSizeConformanceTest, CountsTasksThatNobodyHasClaimed) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    for (int tasks = 0; tasks < 3; ++tasks) start(workflow);
    EXPECT_EQ(waiting(type), 3);
    run(tasks_.update(report(claim(type), task_status::completed)));
    EXPECT_EQ(waiting(type), 2);
}

TEST_F(QueueSizeConformanceTest, AnswersForSeveralQueuesKnownOrNot) {
    auto const type = define_task("task");
    start_one(type);
    auto const unknown = unique("unknown");
    EXPECT_EQ(run(tasks_.queue_sizes({type, unknown})),
              (std::map<std::string, std::int64_t>{{type, 1}, {unknown, 0}}));
}

TEST_F(QueueSizeConformanceTest, ADomainHasAQueueOfItsOwn) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    run(workflows_.start({.name = workflow, .extra = {{"taskToDomain", {{type, "ours"}}}}}));
    EXPECT_EQ(waiting("ours:" + type), 1);
    EXPECT_EQ(waiting(type), 0);
}

TEST_F(QueueSizeConformanceTest, TellsWhoPolledAQueueLast) {
    auto const type = define_task("task");
    start_one(type);
    auto const before = std::chrono::system_clock::now() - std::chrono::seconds{1};
    claim(type);
    auto const last = last_poll_of(type);
    EXPECT_EQ(last.worker_id, "conformance-worker");
    EXPECT_EQ(last.domain, "");
    EXPECT_GE(last.polled, before);
}

}  // namespace
}  // namespace conductor::test
