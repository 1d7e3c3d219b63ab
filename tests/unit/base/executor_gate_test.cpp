#include "base/executor_gate.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <thread>

namespace conductor::base {
namespace {

TEST(ExecutorGateTest, CarriesJobsFromOtherThreadsToTheLoop) {
    boost::asio::io_context loop;
    executor_gate gate(loop.get_executor());
    std::thread::id ran_on;
    std::thread([&] { gate.post([&] { ran_on = std::this_thread::get_id(); }); }).join();
    loop.run();
    EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(ExecutorGateTest, DropsJobsOnceTheLoopIsGone) {
    std::optional<boost::asio::io_context> loop(std::in_place);
    executor_gate gate(loop->get_executor());
    gate.close();
    loop.reset();
    bool ran = false;
    gate.post([&] { ran = true; });
    EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace conductor::base
