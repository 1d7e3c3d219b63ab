#include "http/connector.hpp"

#include <gtest/gtest.h>

namespace conductor::http {
namespace {

using namespace std::chrono_literals;

constexpr time_point now{1h};

TEST(ConnectorTest, TheLastAddressHasAllTheTimeThatIsLeft) {
    EXPECT_EQ(address_deadline(now, now + 30s, 1), now + 30s);
}

TEST(ConnectorTest, SeveralAddressesShareTheTime) {
    EXPECT_EQ(address_deadline(now, now + 30s, 3), now + 10s);
}

TEST(ConnectorTest, AShareIsNotTooShortToConnect) {
    EXPECT_EQ(address_deadline(now, now + 30s, 100), now + 2s);
}

TEST(ConnectorTest, NoShareGoesBeyondTheDeadline) {
    EXPECT_EQ(address_deadline(now, now + 1s, 3), now + 1s);
}

}  // namespace
}  // namespace conductor::http
