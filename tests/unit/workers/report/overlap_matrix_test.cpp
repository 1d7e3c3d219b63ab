#include <report/overlap_matrix.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::occurrences;

TEST(OverlapMatrixTest, RowsAndColumnsAreRepositoriesAndTheDiagonalIsAll) {
    auto const text = overlap_matrix(test::some_community()).str();
    EXPECT_EQ(occurrences(text, R"(<th scope="col")"), 2U);
    EXPECT_EQ(occurrences(text, R"(<th scope="row">)"), 2U);
    EXPECT_NE(text.find(R"(<td class="number self">3</td>)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"(<td class="number self">2</td>)"), std::string::npos);
}

TEST(OverlapMatrixTest, AFieldTellsTheShareOfItsRow) {
    auto const text = overlap_matrix(test::some_community()).str();
    EXPECT_NE(text.find(R"(heat4">1 <span class="share">33 %</span>)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"(heat5">1 <span class="share">50 %</span>)"), std::string::npos) << text;
}

TEST(OverlapMatrixTest, NothingInCommonHasNoHeat) {
    auto of = test::some_community();
    of.shared_stars = {{3, 0}, {0, 0}};
    auto const text = overlap_matrix(of).str();
    EXPECT_EQ(occurrences(text, R"(heat0">0 <span class="share">0 %</span>)"), 2U) << text;
}

TEST(OverlapMatrixTest, OnlyTheLargestOfManyRepositoriesAreCompared) {
    community of;
    auto const count = matrix_repositories_max + 5;
    of.repositories.resize(count, {.name = "a/b"});
    of.shared_stars.assign(count, std::vector<std::int64_t>(count));
    auto const text = overlap_matrix(of).str();
    EXPECT_EQ(occurrences(text, R"(<th scope="row">)"), matrix_repositories_max);
    EXPECT_NE(text.find("(the 30 with the most stars)</caption>"), std::string::npos);
}

TEST(OverlapMatrixTest, NamesAreEscaped) {
    auto of = test::some_community();
    for (auto const name : test::hostile_names) {
        of.repositories[1].name = name;
        EXPECT_FALSE(test::holds_raw(overlap_matrix(of).str(), name)) << name;
    }
}

}  // namespace
}  // namespace conductor::workers::report
