#include <contract/instant.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace conductor::workers {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

instant at(std::int64_t second, int millisecond = 0) {
    return instant{seconds{second} + milliseconds{millisecond}};
}

TEST(InstantTest, ReadsZulu) {
    EXPECT_EQ(*parse_instant("1970-01-01T00:00:00Z"), at(0));
    EXPECT_EQ(*parse_instant("2024-10-01T23:37:37Z"), at(1727825857));
    EXPECT_EQ(*parse_instant("2024-10-01t23:37:37z"), at(1727825857));
    EXPECT_EQ(*parse_instant("2024-10-01 23:37:37Z"), at(1727825857));
}

TEST(InstantTest, ReadsOffsets) {
    EXPECT_EQ(*parse_instant("2024-10-02T01:37:37+02:00"), at(1727825857));
    EXPECT_EQ(*parse_instant("2024-10-02T01:37:37+02"), at(1727825857));
    EXPECT_EQ(*parse_instant("2024-10-01T18:07:37-0530"), at(1727825857));
}

TEST(InstantTest, CutsTheFractionAtTheMillisecond) {
    EXPECT_EQ(*parse_instant("1970-01-01T00:00:01.5Z"), at(1, 500));
    EXPECT_EQ(*parse_instant("1970-01-01T00:00:01.123999999999999999Z"), at(1, 123));
    EXPECT_EQ(*parse_instant("1970-01-01T00:00:01,007Z"), at(1, 7));
    EXPECT_EQ(*parse_instant("1969-12-31T23:59:59.9999Z"), at(-1, 999));
}

TEST(InstantTest, OrdersAcrossForms) {
    EXPECT_LT(*parse_instant("2024-10-01T23:37:39Z"), *parse_instant("2024-10-01T23:37:39.123Z"));
}

class BadInstantTest : public testing::TestWithParam<char const*> {};

TEST_P(BadInstantTest, IsRefused) {
    auto const read = parse_instant(GetParam());
    ASSERT_TRUE(read.has_error());
    EXPECT_EQ(read.error().code, errc::bad_value);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, BadInstantTest,
    testing::Values("", "2024", "2024-10-01", "2024-10-01T23:37:37", "2024-10-01T23:37Z",
                    "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2023-02-29T00:00:00Z",
                    "2024-10-01T24:00:00Z", "2024-10-01T23:60:00Z", "2024-10-01T23:37:60Z",
                    "2024-10-01T23:37:37.Z", "2024-10-01T23:37:37+24:00",
                    "2024-10-01T23:37:37+02:", "2024-10-01T23:37:37Zjunk", " 2024-10-01T23:37:37Z",
                    "-024-10-01T23:37:37Z", "2024-1a-01T23:37:37Z", "2024-+1-01T23:37:37Z",
                    "2024-10-01T-1:37:37Z", "1727825857", "yesterday", "\xff\xfe"));

TEST(InstantTest, WritesMillisecondsOnlyWhenThereAreAny) {
    EXPECT_EQ(format_instant(at(1727825857)), "2024-10-01T23:37:37Z");
    EXPECT_EQ(format_instant(at(1727825857, 7)), "2024-10-01T23:37:37.007Z");
    EXPECT_EQ(format_instant(at(-1, 999)), "1969-12-31T23:59:59.999Z");
}

TEST(InstantTest, ReadsWhatItWrites) {
    for (std::int64_t const count : {-1LL, 0LL, 1LL, 951782400123LL, 253402300799999LL}) {
        instant const written{milliseconds{count}};
        EXPECT_EQ(*parse_instant(format_instant(written)), written);
    }
}

TEST(InstantTest, TakesMillisecondsOfWritableYearsOnly) {
    EXPECT_EQ(*instant_from_milliseconds(1500), at(1, 500));
    EXPECT_EQ(format_instant(*instant_from_milliseconds(253402300799999)),
              "9999-12-31T23:59:59.999Z");
    EXPECT_TRUE(instant_from_milliseconds(253402300800000).has_error());
    EXPECT_TRUE(instant_from_milliseconds(std::numeric_limits<std::int64_t>::max()).has_error());
    EXPECT_TRUE(instant_from_milliseconds(std::numeric_limits<std::int64_t>::min()).has_error());
}

}  // namespace
}  // namespace conductor::workers
