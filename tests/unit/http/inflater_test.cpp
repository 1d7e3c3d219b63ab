#include "http/inflater.hpp"

#include "support/gzip.hpp"

#include <gtest/gtest.h>

#include <string>

namespace conductor::http {
namespace {

using test::gzip;

std::string text_of(std::size_t size) {
    std::string text;
    for (unsigned seed = 1; text.size() < size; seed = seed * 1103515245 + 12345)
        text.push_back(static_cast<char>(seed >> 16));
    return text;
}

TEST(InflaterTest, DecodesInPortionsOfAnySize) {
    auto const text = text_of(50'000);
    auto const packed = gzip(text);
    for (std::size_t const portion :
         {std::size_t{1}, std::size_t{7}, std::size_t{4096}, packed.size()}) {
        inflater decoder(text.size());
        std::string output;
        for (std::size_t i = 0; i < packed.size(); i += portion)
            EXPECT_FALSE(decoder.put(std::string_view(packed).substr(i, portion), output));
        EXPECT_TRUE(decoder.is_whole());
        EXPECT_EQ(output, text) << portion;
    }
}

TEST(InflaterTest, NothingIsWhole) { EXPECT_TRUE(inflater(1).is_whole()); }

TEST(InflaterTest, IsNotWholeBeforeItsEnd) {
    auto const packed = gzip("hello");
    for (std::size_t size = 1; size < packed.size(); ++size) {
        inflater decoder(100);
        std::string output;
        EXPECT_FALSE(decoder.put(std::string_view(packed).substr(0, size), output)) << size;
        EXPECT_FALSE(decoder.is_whole()) << size;
    }
}

TEST(InflaterTest, JoinsMembers) {
    inflater decoder(100);
    std::string output;
    EXPECT_FALSE(decoder.put(gzip("one,") + gzip("") + gzip("two"), output));
    EXPECT_TRUE(decoder.is_whole());
    EXPECT_EQ(output, "one,two");
}

TEST(InflaterTest, TheLimitIsExact) {
    std::string const text(100'000, 'x');
    std::string output;
    EXPECT_FALSE(inflater(text.size()).put(gzip(text), output));
    EXPECT_EQ(inflater(text.size() - 1).put(gzip(text), output), errc::body_too_large);
}

TEST(InflaterTest, ABombIsStoppedAtTheLimit) {
    auto const bomb = gzip(std::string(50'000'000, '\0'));
    ASSERT_LT(bomb.size(), 100'000u);
    inflater decoder(1'000'000);
    std::string output;
    EXPECT_EQ(decoder.put(bomb, output), errc::body_too_large);
    EXPECT_LE(output.size(), 1'000'000u);
}

TEST(InflaterTest, RefusesWhatIsNotGzip) {
    std::string output;
    EXPECT_EQ(inflater(100).put("hello", output), errc::bad_response);
    EXPECT_EQ(inflater(100).put(gzip("a") + "rest", output), errc::bad_response);
}

TEST(InflaterTest, RefusesAWrongChecksum) {
    auto packed = gzip("hello");
    packed[packed.size() - 5] = static_cast<char>(packed[packed.size() - 5] ^ 1);
    std::string output;
    EXPECT_EQ(inflater(100).put(packed, output), errc::bad_response);
}

}  // namespace
}  // namespace conductor::http
