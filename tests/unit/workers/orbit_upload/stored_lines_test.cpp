#include <orbit_upload/stored_lines.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;

std::string line(std::string_view key) { return stored_line("oss", {{"key", key}}); }

TEST(StoredLineTest, IsTheActivityWithItsWorkspace) {
    auto const activity =
        json::parse(R"({"key": "k", "title": "a\nb", "workspace": "forged"})").as_object();

    EXPECT_EQ(stored_line("oss", activity),
              "{\"workspace\":\"oss\",\"key\":\"k\",\"title\":\"a\\nb\"}\n");
}

TEST(StoredLinesTest, KnowsTheKeysOfEachWorkspace) {
    stored_lines lines;
    lines.read(line("a") + stored_line("other", {{"key", "b"}}));

    EXPECT_TRUE(lines.contains("oss", "a"));
    EXPECT_FALSE(lines.contains("oss", "b"));
    EXPECT_TRUE(lines.contains("other", "b"));
    EXPECT_EQ(lines.repair(), tail_repair::none);
}

TEST(StoredLinesTest, ReadsAFileInPiecesOfAnySize) {
    auto const text = line("a") + line("b") + "\n" + line("c");
    for (std::size_t const size : {1U, 2U, 7U, 1000U}) {
        stored_lines lines;
        for (std::size_t from = 0; from < text.size(); from += size)
            lines.read(std::string_view{text}.substr(from, size));
        EXPECT_TRUE(lines.contains("oss", "a") && lines.contains("oss", "c")) << size;
        EXPECT_EQ(lines.end(), text.size());
    }
}

TEST(StoredLinesTest, PassesOverWhatIsNoActivity) {
    stored_lines lines;
    lines.read("hello\n[1]\n{\"key\": \"a\"}\n{\"workspace\": \"oss\"}\n\xff\n" + line("b"));

    EXPECT_FALSE(lines.contains("oss", "a"));
    EXPECT_TRUE(lines.contains("oss", "b"));
}

TEST(StoredLinesTest, ALineOfOursThatWasCutShortIsCutAway) {
    auto const whole = line("b");
    for (std::size_t length = 1; length + 1 < whole.size(); ++length) {
        stored_lines lines;
        lines.read(line("a") + whole.substr(0, length));
        ASSERT_EQ(lines.repair(), tail_repair::cut_line) << whole.substr(0, length);
        EXPECT_EQ(lines.last_line(), line("a").size());

        lines.forget_last_line();
        EXPECT_EQ(lines.repair(), tail_repair::none);
        EXPECT_EQ(lines.end(), line("a").size());
        lines.read(line("c"));
        EXPECT_TRUE(lines.contains("oss", "c"));
    }
}

TEST(StoredLinesTest, AWholeLineThatLacksItsEndGetsIt) {
    stored_lines lines;
    auto whole = line("a");
    whole.pop_back();
    lines.read(whole);

    EXPECT_EQ(lines.repair(), tail_repair::end_line);
    EXPECT_FALSE(lines.contains("oss", "a"));
    lines.read("\n");
    EXPECT_TRUE(lines.contains("oss", "a"));
}

TEST(StoredLinesTest, WhatSomebodyElseWroteIsNeverCut) {
    for (std::string const text : {"# notes", "{\"key\": \"a\"", "[", "{\"workspaces\":"}) {
        stored_lines lines;
        lines.read(text);
        EXPECT_EQ(lines.repair(), tail_repair::end_line) << text;
    }
}

TEST(StoredLinesTest, AnEndlessLineIsNeitherKeptNorCut) {
    stored_lines lines;
    lines.read(R"({"workspace":"oss","key":"a","title":")");
    std::string const piece(100'000, 'x');
    for (int count = 0; count != 20; ++count) lines.read(piece);
    EXPECT_EQ(lines.repair(), tail_repair::end_line);

    lines.read("\"}\n" + line("b"));
    EXPECT_FALSE(lines.contains("oss", "a"));
    EXPECT_TRUE(lines.contains("oss", "b"));
    EXPECT_EQ(lines.repair(), tail_repair::none);
}

}  // namespace
}  // namespace conductor::workers
