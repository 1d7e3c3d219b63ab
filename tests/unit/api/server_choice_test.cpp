#include "api/server_choice.hpp"

#include <gtest/gtest.h>

namespace conductor::api {
namespace {

error_code const reset = errc::connection_closed;

server_choice three() { return server_choice({"a", "b", "c"}); }

TEST(ServerChoiceTest, StaysWithAnAddressThatAnswers) {
    auto choice = three();
    EXPECT_EQ(choice.address(choice.current()), "a");
    choice.failed(0, make_http_error(503));
    choice.failed(0, errc::bad_response);
    choice.failed(0, errc::stopped);
    EXPECT_EQ(choice.current(), 0u);
}

TEST(ServerChoiceTest, GoesRoundAddressesThatFail) {
    auto choice = three();
    for (std::size_t const next : {1u, 2u, 0u, 1u}) {
        choice.failed(choice.current(), reset);
        EXPECT_EQ(choice.current(), next);
    }
}

TEST(ServerChoiceTest, CallsThatFailTogetherMoveItOnce) {
    auto choice = three();
    choice.failed(0, reset);
    choice.failed(0, errc::timed_out);
    EXPECT_EQ(choice.current(), 1u);
}

TEST(ServerChoiceTest, OneAddressIsKept) {
    server_choice choice({"a"});
    choice.failed(0, reset);
    EXPECT_EQ(choice.current(), 0u);
    EXPECT_FALSE(choice.may_repeat({reset}, true, 1));
}

TEST(ServerChoiceTest, RepeatsWhatDidNotArrive) {
    EXPECT_TRUE(three().may_repeat({reset, "", false}, false, 1));
    EXPECT_TRUE(three().may_repeat({reset, "", false}, false, 2));
}

TEST(ServerChoiceTest, RepeatsWhatMayHaveArrivedOnlyWhereThatIsHarmless) {
    EXPECT_TRUE(three().may_repeat({reset, "", true}, true, 1));
    EXPECT_FALSE(three().may_repeat({reset, "", true}, false, 1));
}

TEST(ServerChoiceTest, CallsEachAddressOnce) { EXPECT_FALSE(three().may_repeat({reset}, true, 3)); }

TEST(ServerChoiceTest, RepeatsOnlyWhatFailedBelowHttp) {
    EXPECT_FALSE(three().may_repeat({make_http_error(503)}, true, 1));
    EXPECT_FALSE(three().may_repeat({errc::stopped}, true, 1));
}

}  // namespace
}  // namespace conductor::api
