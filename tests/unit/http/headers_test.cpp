#include <conductor/http/headers.hpp>

#include <gtest/gtest.h>

#include <string>

namespace conductor::http {
namespace {

headers sample() { return {{"Accept", "a"}, {"X-Tag", "1"}, {"x-tag", "2"}}; }

TEST(HeadersTest, FindsTheFirstLineWhateverTheCase) {
    EXPECT_EQ(sample().find("X-TAG"), "1");
    EXPECT_EQ(sample().find("accept"), "a");
}

TEST(HeadersTest, FindsNothingUnderAnotherName) {
    EXPECT_EQ(sample().find("X-Ta"), std::nullopt);
    EXPECT_EQ(sample().find("X-Tag2"), std::nullopt);
    EXPECT_EQ(headers{}.find(""), std::nullopt);
}

TEST(HeadersTest, SetReplacesAllLinesInTheFirstOnesPlace) {
    auto lines = sample();
    lines.set("X-TAG", "3");
    EXPECT_EQ(lines, (headers{{"Accept", "a"}, {"X-Tag", "3"}}));
}

TEST(HeadersTest, SetAddsWhenThereIsNone) {
    auto lines = sample();
    lines.set("New", "n");
    EXPECT_EQ(lines, (headers{{"Accept", "a"}, {"X-Tag", "1"}, {"x-tag", "2"}, {"New", "n"}}));
}

TEST(HeadersTest, AddKeepsEqualNames) {
    auto lines = sample();
    lines.add("X-Tag", "3");
    EXPECT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines.find("x-tag"), "1");
}

TEST(HeadersTest, EraseRemovesAllLinesOfTheName) {
    auto lines = sample();
    lines.erase("X-tag");
    EXPECT_EQ(lines, (headers{{"Accept", "a"}}));
}

}  // namespace
}  // namespace conductor::http
