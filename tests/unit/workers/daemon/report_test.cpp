#include <daemon/config/report.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(ReportTest, OrdersFaultsByPlaceAndTheEnvironmentLast) {
    daemon::report notes{"f"};
    notes.complain_of_environment("X", "e");
    notes.complain({3, 1}, "c", "3");
    notes.complain({1, 9}, "a", "1");
    notes.complain({1, 2}, "b", "2");
    std::vector<std::string> paths;
    for (auto const& one : notes.faults()) paths.push_back(one.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"b", "a", "c", "X"}));
}

TEST(ReportTest, ALaterNoteReplacesAnEarlierOneInItsPlace) {
    daemon::report notes{"f"};
    notes.by_default("a", "1");
    notes.from_file("b", "2", {4, 1});
    notes.from_environment("a", "3", "A");
    EXPECT_EQ(notes.effective(), (std::vector<daemon::effective_value>{{"a", "3", "environment A"},
                                                                       {"b", "2", "f:4"}}));
}

TEST(ReportTest, OfSeveralQuestionsTheFirstSaysWhatAKeyMayHold) {
    daemon::report notes{"f"};
    notes.asked("a", "whole number");
    notes.asked("b", "text");
    notes.asked("a", "text");
    EXPECT_EQ(notes.known(),
              (std::vector<daemon::known_key>{{"a", "whole number"}, {"b", "text"}}));
}

}  // namespace
}  // namespace conductor::test
