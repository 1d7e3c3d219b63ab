#include "http/unsent_bytes.hpp"

#include <gtest/gtest.h>

#include <string>

namespace conductor::http {
namespace {

std::string left_of(unsent_bytes const& bytes) {
    std::string text;
    for (auto const& buffer : bytes.buffers())
        text.append(static_cast<char const*>(buffer.data()), buffer.size());
    return text;
}

TEST(UnsentBytesTest, HeadComesBeforeBody) {
    unsent_bytes const bytes("head", "body");
    EXPECT_EQ(left_of(bytes), "headbody");
    EXPECT_FALSE(bytes.is_empty());
    EXPECT_FALSE(bytes.has_begun());
}

TEST(UnsentBytesTest, ConsumesAnyPortion) {
    for (std::size_t portion = 1; portion <= 8; ++portion) {
        unsent_bytes bytes("head", "body");
        bytes.consume(portion);
        EXPECT_TRUE(bytes.has_begun());
        EXPECT_EQ(left_of(bytes), std::string("headbody").substr(portion));
        EXPECT_EQ(bytes.is_empty(), portion == 8);
    }
}

TEST(UnsentBytesTest, NothingSentIsNoBeginning) {
    unsent_bytes bytes("head", "");
    bytes.consume(0);
    EXPECT_FALSE(bytes.has_begun());
}

}  // namespace
}  // namespace conductor::http
