#include <report/time_bins.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

std::chrono::sys_days day(int year, unsigned month, unsigned number) {
    return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(number);
}

TEST(TimeBinsTest, AFewDaysAreBinsOfADay) {
    auto const bins = time_bins::covering(day(2024, 2, 28), day(2024, 3, 1));
    EXPECT_EQ(bins.count(), 3U);
    EXPECT_EQ(bins.unit(), "day");
    EXPECT_EQ(bins.label(1), "2024-02-29");
    EXPECT_EQ(bins.index(day(2024, 3, 1)), 2U);
}

TEST(TimeBinsTest, OneDayIsOneBin) {
    auto const bins = time_bins::covering(day(2026, 11, 24), day(2026, 11, 24));
    EXPECT_EQ(bins.count(), 1U);
    EXPECT_EQ(bins.label(0), "2026-11-24");
}

TEST(TimeBinsTest, TakesTheShortestBinsOfWhichThereAreFewEnough) {
    auto const first = day(2020, 1, 1);
    auto const unit = [&](int days) {
        return time_bins::covering(first, first + std::chrono::days{days}).unit();
    };
    EXPECT_EQ(unit(119), "day");
    EXPECT_EQ(unit(120), "week");
    EXPECT_EQ(unit(830), "week");
    EXPECT_EQ(unit(840), "month");
    EXPECT_EQ(unit(3'600), "month");
    EXPECT_EQ(unit(3'700), "quarter");
    EXPECT_EQ(unit(11'000), "year");
    EXPECT_EQ(unit(50'000), "decade");
}

TEST(TimeBinsTest, AWeekBeginsOnMonday) {
    auto const bins = time_bins::covering(day(2025, 1, 1), day(2026, 1, 1));
    ASSERT_EQ(bins.unit(), "week");
    EXPECT_EQ(bins.label(0), "2024-12-30");
    EXPECT_EQ(bins.index(day(2025, 1, 5)), 0U);
    EXPECT_EQ(bins.index(day(2025, 1, 6)), 1U);
}

TEST(TimeBinsTest, LongBinsFollowTheCalendar) {
    auto const months = time_bins::covering(day(2022, 6, 30), day(2025, 3, 26));
    ASSERT_EQ(months.unit(), "month");
    EXPECT_EQ(months.label(0), "2022-06");
    EXPECT_EQ(months.label(months.index(day(2023, 1, 1))), "2023-01");
    auto const quarters = time_bins::covering(day(2010, 2, 1), day(2025, 3, 26));
    ASSERT_EQ(quarters.unit(), "quarter");
    EXPECT_EQ(quarters.label(0), "2010 Q1");
    EXPECT_EQ(quarters.label(quarters.index(day(2024, 12, 31))), "2024 Q4");
    auto const years = time_bins::covering(day(1970, 1, 1), day(2026, 1, 1));
    EXPECT_EQ(years.label(years.index(day(2025, 12, 31))), "2025");
    auto const decades = time_bins::covering(day(1601, 1, 1), day(2026, 1, 1));
    EXPECT_EQ(decades.label(decades.index(day(2026, 1, 1))), "2020–2029");
}

TEST(TimeBinsTest, AllTheYearsThereAreFitIn) {
    auto const bins = time_bins::covering(day(0, 1, 1), day(9999, 12, 31));
    EXPECT_EQ(bins.count(), 100U);
    EXPECT_EQ(bins.index(day(9999, 12, 31)), 99U);
    EXPECT_EQ(bins.label(0), "0000–0099");
}

TEST(TimeBinsTest, DaysBefore1970AreInTheirBins) {
    auto const bins = time_bins::covering(day(1969, 9, 1), day(1970, 3, 1));
    ASSERT_EQ(bins.unit(), "week");
    EXPECT_EQ(bins.label(0), "1969-09-01");
    EXPECT_EQ(bins.label(bins.index(day(1969, 12, 31))), "1969-12-29");
    EXPECT_EQ(bins.label(bins.index(day(1970, 1, 4))), "1969-12-29");
}

}  // namespace
}  // namespace conductor::workers::report
