#include <orbit_upload/file_sink.hpp>
#include <orbit_upload/storage_report.hpp>

#include <support/closed_folder.hpp>
#include <support/leaping_clock.hpp>
#include <support/run_coroutine.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace conductor::workers {
namespace {

using conductor::test::closed_folder;
using conductor::test::leaping_clock;
using conductor::test::run_coroutine;
using conductor::test::temporary_folder;

struct FileSinkTest : testing::Test {
    temporary_folder folder;
    std::string path = folder.path("stars.ndjson");
    boost::asio::io_context loop;
    std::shared_ptr<leaping_clock> clock = std::make_shared<leaping_clock>();
    file_sink sink{path, clock};

    std::vector<delivery_report> deliver(std::vector<std::string> const& keys) {
        delivery many{.workspace = "oss", .key = {}, .activities = {}};
        many.timeout = std::chrono::seconds{30};
        for (auto const& key : keys) many.activities.push_back({{"key", key}});
        return run_coroutine(loop, sink.deliver(std::move(many)));
    }
};

TEST_F(FileSinkTest, TakesAllAtOnceWithoutPaceAndKey) {
    EXPECT_EQ(sink.batch_max(), no_batch_max);
    EXPECT_FALSE(sink.is_paced());
    EXPECT_EQ(sink.key_rule(), key_rule::none);
}

TEST_F(FileSinkTest, SaysWhatIsNew) {
    deliver({"a"});

    auto const reports = deliver({"a", "b"});

    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::duplicate);
    EXPECT_EQ(reports[1].outcome, delivery_outcome::created);
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, R"({"workspace":"oss","key":"a"})");
}

TEST_F(FileSinkTest, GivesUpAfterAWhileWhenSomebodyElseHoldsTheFile) {
    auto const held = locked_file::open(path);
    ASSERT_TRUE(held && *held);
    auto const start = clock->now();

    auto const reports = deliver({"a", "b"});

    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::failed);
    EXPECT_EQ(reports[0].why.code, codes::sink_storage);
    EXPECT_EQ(reports[0].why.message, "somebody else holds " + path);
    EXPECT_EQ(clock->now() - start, storage_patience_max);
}

TEST_F(FileSinkTest, NamesTheFileThatMayNotBeWritten) {
    auto const deliver_closed = [this] {
        closed_folder const closed{folder.path()};
        return deliver({"a"});
    };

    auto const reports = deliver_closed();

    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].why.code, codes::sink_storage);
    EXPECT_NE(reports[0].why.message.find(path), std::string::npos) << reports[0].why.message;
}

}  // namespace
}  // namespace conductor::workers
