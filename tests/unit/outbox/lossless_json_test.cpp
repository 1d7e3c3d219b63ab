#include "lossless_json.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace conductor::storage {
namespace {

namespace json = boost::json;

/** @brief Doubles from all over their range, the same ones each time. */
double pattern(std::uint64_t number) {
    auto bits = number * 0x9e3779b97f4a7c15U;
    bits ^= bits >> 31U;
    return std::bit_cast<double>(bits * 0xbf58476d1ce4e5b9U);
}

TEST(LosslessJsonTest, GivesBackEveryFraction) {
    for (std::uint64_t number = 1; number < 20'000; ++number) {
        double const value = pattern(number);
        if (!std::isfinite(value)) continue;
        auto const read = read_json(write_json(json::array{value}));
        ASSERT_TRUE(read);
        ASSERT_EQ(std::bit_cast<std::uint64_t>(read->at(0).as_double()),
                  std::bit_cast<std::uint64_t>(value));
    }
}

TEST(LosslessJsonTest, KeepsWholeNumbersApartFromFractions) {
    json::value const numbers{std::numeric_limits<std::int64_t>::min(), 1.0, -0.0,
                              std::numeric_limits<std::uint64_t>::max()};
    auto const read = read_json(write_json(numbers));

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, numbers);
    EXPECT_TRUE(read->at(0).is_int64());
    EXPECT_TRUE(read->at(1).is_double());
    EXPECT_TRUE(std::signbit(read->at(2).as_double()));
    EXPECT_TRUE(read->at(3).is_uint64());
}

TEST(LosslessJsonTest, KeepsBytesThatAreNoText) {
    json::value const value{{"k\xff", json::string_view{"\0\x80\xc3(", 4}}};

    EXPECT_EQ(read_json(write_json(value)), value);
}

TEST(LosslessJsonTest, ReadsLongTextsAndDeepOnes) {
    json::value deep{std::string(100'000, 'x')};
    for (int level = 0; level < 1'000; ++level) deep = json::array{deep};

    EXPECT_EQ(read_json(write_json(deep)), deep);
}

TEST(LosslessJsonTest, KnowsWhatHasNoText) {
    double const endless = std::numeric_limits<double>::infinity();

    EXPECT_TRUE(has_text({{"a", {1, 2.5, nullptr, "NaN"}}}));
    EXPECT_FALSE(has_text(endless));
    EXPECT_FALSE(has_text({{"a", {1, json::object{{"b", std::nan("")}}}}}));
}

TEST(LosslessJsonTest, RefusesWhatIsNotJson) {
    for (auto const* const text : {"", "{", "[1,]", "{} {}", "nul", "[1"})
        EXPECT_FALSE(read_json(text)) << text;
}

}  // namespace
}  // namespace conductor::storage
