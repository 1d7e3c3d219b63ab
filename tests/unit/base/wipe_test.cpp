#include "base/wipe.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace conductor::base {
namespace {

// The text's own memory, which it still holds when it is empty.
bool is_blank(std::string& text) {
    text.resize(text.capacity());
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '\0'; });
}

TEST(WipeTest, LeavesNothingOfTheText) {
    for (std::size_t const length : {3U, 200U}) {
        std::string text(length, 'k');
        auto const* const bytes = text.data();
        wipe(text);
        EXPECT_TRUE(text.empty());
        EXPECT_EQ(text.data(), bytes);
        EXPECT_EQ(std::count(bytes, bytes + length, 'k'), 0);
    }
}

TEST(WipeTest, NorOfALongerOneBeforeIt) {
    std::string text(200, 'k');
    text.resize(5);
    wipe(text);
    EXPECT_TRUE(is_blank(text));
}

}  // namespace
}  // namespace conductor::base
