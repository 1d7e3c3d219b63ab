#include <conductor/task.hpp>

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace conductor {
namespace {

task make(char const* text) { return task(boost::json::parse(text).as_object()); }

TEST(TaskTest, ReadsItsMembers) {
    auto const got = make(R"({"taskId":"t","taskType":"greet","pollCount":2,"retryCount":1,
        "responseTimeoutSeconds":60,"inputData":{"a":1},"outputData":{"b":2},"domain":"d"})");
    EXPECT_EQ(got.id(), "t");
    EXPECT_EQ(got.type(), "greet");
    EXPECT_EQ(got.poll_count(), 2);
    EXPECT_EQ(got.retry_count(), 1);
    EXPECT_EQ(got.response_timeout(), std::chrono::seconds{60});
    EXPECT_EQ(got.input().at("a").as_int64(), 1);
    EXPECT_EQ(got.output().at("b").as_int64(), 2);
    EXPECT_EQ(got.domain(), "d");
}

TEST(TaskTest, AbsentAndOddMembersReadAsEmpty) {
    auto const got = make(R"({"taskId":7,"pollCount":"2","inputData":null,"outputData":[],
        "retryCount":1e300})");
    EXPECT_EQ(got.id(), "");
    EXPECT_EQ(got.poll_count(), 0);
    EXPECT_EQ(got.retry_count(), 0);
    EXPECT_TRUE(got.input().empty());
    EXPECT_TRUE(got.output().empty());
    EXPECT_EQ(task{}.workflow_id(), "");
}

}  // namespace
}  // namespace conductor
