#include <daemon/config/fault.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(FaultTest, SaysPlacePathAndMessage) {
    EXPECT_EQ((daemon::fault{"f.yaml", {2, 7}, "a.b", "is wrong"}.text()),
              "f.yaml:2:7: a.b: is wrong");
}

TEST(FaultTest, LeavesOutWhatThereIsNot) {
    EXPECT_EQ((daemon::fault{"environment", {}, "NAME", "is wrong"}.text()),
              "environment: NAME: is wrong");
    EXPECT_EQ((daemon::fault{"f.yaml", {1, 1}, "", "is wrong"}.text()), "f.yaml:1:1: is wrong");
}

}  // namespace
}  // namespace conductor::test
