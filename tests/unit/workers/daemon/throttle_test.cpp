#include <daemon/commands/throttle.hpp>

#include "support/leaping_clock.hpp"
#include "support/run_coroutine.hpp"

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

#include <vector>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

failure throttled(std::optional<seconds> asked = {}) {
    return {.code = make_http_error(429), .retry_after = asked};
}

TEST(ThrottleTest, WaitsLongerEachTimeAndThenGivesUp) {
    daemon::throttle decisions;
    std::vector<long> waits;
    for (int call = 0; call < 5; ++call) waits.push_back(decisions.next(throttled(), 0)->count());
    EXPECT_EQ(waits, (std::vector<long>{500, 1000, 2000, 4000, 8000}));
    EXPECT_FALSE(decisions.next(throttled(), 1));
}

TEST(ThrottleTest, WaitsAsLongAsItIsAskedTo) {
    daemon::throttle decisions;
    EXPECT_EQ(decisions.next(throttled(seconds{60}), 0), milliseconds{60'000});
    EXPECT_FALSE(decisions.next(throttled(seconds{61}), 0));
}

TEST(ThrottleTest, OnlyAThrottledCallIsRepeated) {
    for (int const status : {400, 401, 403, 404, 500, 503}) {
        daemon::throttle decisions;
        EXPECT_FALSE(decisions.next({.code = make_http_error(status)}, 0)) << status;
    }
}

TEST(ThrottledWaitTest, SaysWhyItWaits) {
    boost::asio::io_context loop;
    auto const clock = std::make_shared<leaping_clock>();
    auto around = environment::system();
    around.clock = clock;
    std::vector<std::string> said;
    daemon::throttled_wait waits{around, loop.get_executor(),
                                 [&](std::string const& line) { said.push_back(line); }};
    EXPECT_TRUE(run_coroutine(loop, waits.before_next(throttled(seconds{7}))));
    EXPECT_FALSE(run_coroutine(loop, waits.before_next({.code = make_http_error(500)})));
    EXPECT_EQ(clock->waits(), std::vector{milliseconds{7000}});
    EXPECT_EQ(said, std::vector<std::string>{
                        "asked to slow down (HTTP 429 Too Many Requests); again in 7000 ms"});
}

}  // namespace
}  // namespace conductor::test
