#include <daemon/config/section.hpp>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

namespace conductor::test {
namespace {

using daemon::report;
using daemon::section;

TEST(SectionTest, ReadsTextsNumbersListsAndMappings) {
    report notes{"f"};
    section root{notes, YAML::Load("a: x\nn: 7\nl: [p, q]\nm: { b: y }\n")};
    EXPECT_EQ(root.text("a")->text, "x");
    EXPECT_EQ(root.text("a")->where, (daemon::location{1, 4}));
    EXPECT_EQ(root.number("n", {1, 9}, 3), 7);
    ASSERT_EQ(root.list("l").size(), 2U);
    EXPECT_EQ(root.list("l")[1].where, (daemon::location{3, 8}));
    EXPECT_EQ(root.mapping("m").path("b"), "m.b");
    EXPECT_EQ(root.mapping("m").text("b")->text, "y");
    root.finish();
    EXPECT_TRUE(notes.faults().empty());
}

TEST(SectionTest, WhatIsAbsentOrWithoutValueIsNotThere) {
    report notes{"f"};
    section root{notes, YAML::Load("empty:\n")};
    EXPECT_FALSE(root.text("empty"));
    EXPECT_FALSE(root.text("absent"));
    EXPECT_TRUE(root.list("empty").empty());
    EXPECT_TRUE(root.mapping("empty").present());
    EXPECT_FALSE(root.mapping("absent").present());
    EXPECT_EQ(root.number("absent", {1, 9}, 3), 3);
    EXPECT_TRUE(notes.faults().empty());
}

TEST(SectionTest, EntriesOfFreeNamesAreKnown) {
    report notes{"f"};
    section root{notes, YAML::Load("one: a\ntwo: b\n")};
    auto const entries = root.texts();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[1].first, "two");
    EXPECT_EQ(entries[1].second.text, "b");
    root.finish();
    EXPECT_TRUE(notes.faults().empty());
}

TEST(SectionTest, AnUnknownKeyIsNamedWithTheNearestOne) {
    report notes{"f"};
    section root{notes, YAML::Load("slotz: 4\n")};
    root.number("slots", {1, 9}, 1);
    root.finish();
    ASSERT_EQ(notes.faults().size(), 1U);
    EXPECT_EQ(notes.faults()[0].text(), "f:1:1: slotz: unknown key; did you mean \"slots\"?");
}

TEST(SectionTest, TellsWhatEachKeyMayHoldEvenIfItIsAbsent) {
    report notes{"f"};
    section root{notes, YAML::Load("m: { free: x }\n")};
    root.number("n", {1, 9, "ms"}, 3);
    root.choice("c", {"p", "q"}, "p");
    root.text("t");
    root.list("l");
    root.mapping("m").texts();
    EXPECT_EQ(notes.known(), (std::vector<daemon::known_key>{{"n", "whole number, 1 to 9 ms"},
                                                             {"c", "one of p, q"},
                                                             {"t", "text"},
                                                             {"l", "list of texts"},
                                                             {"m", "mapping"},
                                                             {"m.free", "text"}}));
}

TEST(SectionTest, AKeyThatIsNoWordIsAFault) {
    report notes{"f"};
    section root{notes, YAML::Load("? [a, b]\n: c\n")};
    ASSERT_EQ(notes.faults().size(), 1U);
    EXPECT_EQ(notes.faults()[0].message, "a key must be a plain word");
}

TEST(WholeNumberTest, TakesDecimalDigitsAlone) {
    EXPECT_EQ(daemon::whole_number("12"), 12);
    EXPECT_EQ(daemon::whole_number("-3"), -3);
    for (std::string_view const text :
         {"", "1.5", "0x10", "1e3", " 1", "1 ", "99999999999999999999"}) {
        EXPECT_FALSE(daemon::whole_number(text)) << text;
    }
}

}  // namespace
}  // namespace conductor::test
