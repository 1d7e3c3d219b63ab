#include <contract/utf8.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

TEST(Utf8Test, ReadsCharactersOfEachLength) {
    EXPECT_EQ(first_character("a…").code, U'a');
    EXPECT_EQ(first_character("éa").code, U'é');
    EXPECT_EQ(first_character("…a").bytes, 3U);
    EXPECT_EQ(first_character("😀a").code, 0x1F600U);
    EXPECT_EQ(first_character("😀a").bytes, 4U);
}

TEST(Utf8Test, ABrokenSequenceIsOneByteThatIsNoCharacter) {
    for (std::string_view const text : {"\x80", "\xFF", "\xC3", "\xC3(", "\xE2\x82", "\xC0\x80",
                                        "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
        auto const one = first_character(text);
        EXPECT_FALSE(one.valid) << testing::PrintToString(text);
        EXPECT_EQ(one.bytes, 1U) << testing::PrintToString(text);
        EXPECT_EQ(one.code, static_cast<unsigned char>(text.front()));
    }
}

TEST(Utf8Test, KnowsWhatWouldChangeTheLine) {
    for (char32_t const code : {U'\n', U'\x1B', U'\x7F', U'\u0085', U'\u2028', U'\u202E', U'\u2066',
                                U'\u200F', U'\u061C'}) {
        EXPECT_TRUE(changes_the_line(code)) << static_cast<std::uint32_t>(code);
    }
    for (char32_t const code : {U' ', U'~', U'é', U'…', U'א'})
        EXPECT_FALSE(changes_the_line(code)) << static_cast<std::uint32_t>(code);
}

}  // namespace
}  // namespace conductor::workers
