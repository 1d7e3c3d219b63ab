#include "base/timed_executor.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace conductor::base {
namespace {

std::vector<std::chrono::nanoseconds> reports_of_one_job(std::chrono::nanoseconds limit) {
    boost::asio::io_context loop;
    std::vector<std::chrono::nanoseconds> reports;
    boost::asio::any_io_executor const executor =
        timed_executor(loop.get_executor(), limit, [&](auto held) { reports.push_back(held); });
    boost::asio::post(executor, [] {});
    loop.run();
    return reports;
}

TEST(TimedExecutorTest, ReportsAJobOverTheLimit) {
    EXPECT_EQ(reports_of_one_job(std::chrono::nanoseconds{-1}).size(), 1u);
}

TEST(TimedExecutorTest, IsSilentAboutAShortJob) {
    EXPECT_TRUE(reports_of_one_job(std::chrono::hours{1}).empty());
}

}  // namespace
}  // namespace conductor::base
