#include <orbit_upload/sqlite_sink.hpp>

#include <sqlite/database.hpp>

#include <support/leaping_clock.hpp>
#include <support/run_coroutine.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using conductor::test::leaping_clock;
using conductor::test::run_coroutine;
using conductor::test::temporary_folder;

struct SqliteSinkTest : testing::Test {
    temporary_folder folder;
    std::string path = folder.path("community.db");
    boost::asio::io_context loop;
    std::shared_ptr<leaping_clock> clock = std::make_shared<leaping_clock>();
    sqlite_sink sink{path, clock};

    std::vector<delivery_report> deliver(std::vector<std::string> const& activities) {
        delivery many{.workspace = "oss", .key = {}, .activities = {}};
        many.timeout = std::chrono::milliseconds{1};
        many.workflow_id = "w";
        for (auto const& activity : activities)
            many.activities.push_back(json::parse(activity).as_object());
        return run_coroutine(loop, sink.deliver(std::move(many)));
    }

    std::int64_t number(std::string_view sql) const {
        auto on =
            *sqlite::database::open(path, sqlite::access::read_only, std::chrono::milliseconds{0});
        return *on.number(sql);
    }
};

TEST_F(SqliteSinkTest, TakesAllAtOnceWithoutPaceAndKey) {
    EXPECT_EQ(sink.batch_max(), no_batch_max);
    EXPECT_FALSE(sink.is_paced());
    EXPECT_EQ(sink.key_rule(), key_rule::none);
}

TEST_F(SqliteSinkTest, SaysWhatIsNewAndNotesTheRun) {
    deliver({R"({"key": "a"})"});

    auto const reports = deliver({R"({"key": "a"})", R"({"key": "b"})"});

    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::duplicate);
    EXPECT_EQ(reports[1].outcome, delivery_outcome::created);
    EXPECT_EQ(number("SELECT created FROM runs WHERE workflow_id = 'w' AND workspace = 'oss'"), 2);
}

TEST_F(SqliteSinkTest, AnActivityWithoutAUsableTimeIsRejectedAndTheOthersAreLoaded) {
    auto const reports =
        deliver({R"({"key": "a"})", R"({"key": "b", "occurred_at": "soon"})", R"({"key": "c"})"});

    ASSERT_EQ(reports.size(), 3U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::created);
    EXPECT_EQ(reports[1].outcome, delivery_outcome::rejected);
    EXPECT_EQ(reports[1].why.code, codes::sink_rejected);
    EXPECT_TRUE(reports[1].errors.as_object().contains("occurred_at"));
    EXPECT_EQ(reports[2].outcome, delivery_outcome::created);
    EXPECT_EQ(number("SELECT count(*) FROM activities"), 2);
}

TEST_F(SqliteSinkTest, ADatabaseThatCannotBeUsedFailsAllOfThem) {
    folder.write("community.db", std::string(5000, 'x'));

    auto const reports = deliver({R"({"key": "a"})", R"({"key": "b", "occurred_at": "soon"})"});

    ASSERT_EQ(reports.size(), 2U);
    for (auto const& report : reports) {
        EXPECT_EQ(report.outcome, delivery_outcome::failed);
        EXPECT_EQ(report.why.code, codes::sink_storage);
        EXPECT_NE(report.why.message.find(path), std::string::npos);
    }
}

}  // namespace
}  // namespace conductor::workers
