#include <daemon/observers.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

class counting final : public runtime_observer {
public:
    void polled(std::string_view, std::size_t, std::chrono::nanoseconds) override { ++calls; }
    void poll_failed(std::string_view, failure const&, std::chrono::milliseconds) override {
        ++calls;
    }
    void started(task const&) override { ++calls; }
    void finished(task const&, task_result const&, std::chrono::nanoseconds) override { ++calls; }
    void updated(task_update const&, std::chrono::nanoseconds) override { ++calls; }
    void update_failed(task_update const&, failure const&, std::chrono::milliseconds) override {
        ++calls;
    }
    void update_lost(task_update const&, failure const&) override { ++calls; }
    void given_back(task const&) override { ++calls; }
    void loop_held(std::string_view, std::chrono::nanoseconds) override { ++calls; }
    void draining(std::size_t) override { ++calls; }

    int calls = 0;
};

TEST(ObserversTest, EveryEventReachesEveryObserver) {
    daemon::observers all;
    auto const first = std::make_shared<counting>();
    auto const second = std::make_shared<counting>();
    all.add(first);
    all.add(second);
    all.polled("t", 1, {});
    all.poll_failed("t", {}, {});
    all.started({});
    all.finished({}, task_result::completed(), {});
    all.updated({}, {});
    all.update_failed({}, {}, {});
    all.update_lost({}, {});
    all.given_back({});
    all.loop_held("t", {});
    all.draining(0);
    EXPECT_EQ(first->calls, 10);
    EXPECT_EQ(second->calls, 10);
}

}  // namespace
}  // namespace conductor::test
