#include <github_fetch/star_history.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::sys_days;
using namespace std::chrono_literals;

TEST(StarHistoryTest, ReadsDaysNewestFirst) {
    auto const days = read_history(json::parse(
        R"([{"week": 1757203200, "total": 28, "days": [1, 2, 3, 4, 5, 6, 7]},
            {"week": 1756598400, "total": 1, "days": [0, 0, 0, 0, 0, 0, 1]}])"));
    ASSERT_TRUE(days.has_value()) << days.error().detail;
    ASSERT_EQ(days->size(), 14u);
    EXPECT_EQ(days->front(), (day_count{sys_days{2025y / 9 / 13}, 7}));
    EXPECT_EQ((*days)[6], (day_count{sys_days{2025y / 9 / 7}, 1}));
    EXPECT_EQ((*days)[7], (day_count{sys_days{2025y / 9 / 6}, 1}));
    EXPECT_EQ(days->back(), (day_count{sys_days{2025y / 8 / 31}, 0}));
}

TEST(StarHistoryTest, ReadsAWeekInWhateverFormItIsWritten) {
    for (auto const* const week : {R"("2025-09-07")", R"("2025-09-07T00:00:00Z")", "1757203200"}) {
        auto const days = read_history(
            json::parse(R"([{"days": [1,0,0,0,0,0,0], "week": )" + std::string{week} + "}]"));
        ASSERT_TRUE(days.has_value()) << week;
        EXPECT_EQ(days->back(), (day_count{sys_days{2025y / 9 / 7}, 1})) << week;
    }
}

TEST(StarHistoryTest, MayBeEmpty) { EXPECT_TRUE(read_history(json::array{})->empty()); }

TEST(StarHistoryTest, WritesDates) {
    EXPECT_EQ(json::serialize(history_json({{sys_days{2025y / 9 / 7}, 3}})),
              R"([{"date":"2025-09-07","count":3}])");
}

class BadHistoryTest : public testing::TestWithParam<std::pair<char const*, char const*>> {};

TEST_P(BadHistoryTest, IsNamedByItsPointer) {
    auto const days = read_history(json::parse(GetParam().first));
    ASSERT_TRUE(days.has_error());
    EXPECT_TRUE(days.error().detail.starts_with(GetParam().second)) << days.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, BadHistoryTest,
    testing::Values(std::pair{"{}", "expected an array"},
                    std::pair{"[7]", "/0: expected an object"},
                    std::pair{R"([{"days": [1,2,3,4,5,6,7]}])", "/0/week:"},
                    std::pair{R"([{"week": "soon", "days": [1,2,3,4,5,6,7]}])", "/0/week:"},
                    std::pair{R"([{"week": 999999999999, "days": [1,2,3,4,5,6,7]}])", "/0/week:"},
                    std::pair{R"([{"week": -7, "days": [1,2,3,4,5,6,7]}])", "/0/week:"},
                    std::pair{R"([{"week": 0}])", "/0/days: expected seven numbers"},
                    std::pair{R"([{"week": 0, "days": [1]}])", "/0/days: expected seven numbers"},
                    std::pair{R"([{"week": 0, "days": [1,2,3,4,5,6,-1]}])", "/0/days/6:"},
                    std::pair{R"([{"week": 0, "days": [1,2,3,"4",5,6,7]}])", "/0/days/3:"}));

}  // namespace
}  // namespace conductor::workers::github
