#include <daemon/observers.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

class counting final : public runtime_observer {
public:
    void on(runtime_event const&) override { ++calls; }

    int calls = 0;
};

TEST(ObserversTest, EveryEventReachesEveryObserver) {
    daemon::observers all;
    auto const first = std::make_shared<counting>();
    auto const second = std::make_shared<counting>();
    all.add(first);
    all.add(second);
    all.on(events::polled{"t"});
    all.on(events::draining{});
    EXPECT_EQ(first->calls, 2);
    EXPECT_EQ(second->calls, 2);
}

}  // namespace
}  // namespace conductor::test
