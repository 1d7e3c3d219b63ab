#include <star_filter/row_lists.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace conductor::workers {
namespace {

namespace json = boost::json;

// A shape of `stars`, and the `n` of the rows to be found in it, in order.
struct shape_case {
    std::string name;
    std::string stars;
    std::vector<int> rows;
};

void PrintTo(shape_case const& one, std::ostream* out) { *out << one.name; }

class RowListsShapeTest : public testing::TestWithParam<shape_case> {};

TEST_P(RowListsShapeTest, FindsTheRowsInOrder) {
    auto const stars = json::parse(GetParam().stars);

    auto const rows = find_rows(stars, "/stars");

    ASSERT_TRUE(rows.has_value()) << rows.error().message();
    std::vector<int> found;
    for (auto const* row : *rows)
        found.push_back(row->is_object() ? row->at("n").to_number<int>() : -1);
    EXPECT_EQ(found, GetParam().rows);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, RowListsShapeTest,
    testing::Values(
        shape_case{"List", R"([{"starred_at": "", "n": 1}, {"occurred_at": "", "n": 2}])", {1, 2}},
        shape_case{"EmptyList", "[]", {}},
        shape_case{"ListOfLists", R"([[{"n": 1}], [], [{"n": 2}, {"n": 3}]])", {1, 2, 3}},
        shape_case{"DeeperLists", R"([[[{"n": 1}]], {"n": 2}])", {1, 2}},
        shape_case{"RowsThatAreNone", R"([null, 7, {"n": 2}, "x"])", {-1, -1, 2, -1}},
        shape_case{"TaskOutput", R"({"resultList": [{"n": 1}], "result": [{"n": 9}]})", {1}},
        shape_case{"InlineOutput", R"({"result": [[{"n": 1}], [{"n": 2}]]})", {1, 2}},
        shape_case{"FetchOutput", R"({"count": 1, "stargazers": [{"n": 4}]})", {4}},
        shape_case{"OutputsOfThreeFetches",
                   R"([{"stargazers": [{"n": 1}]}, {"forks": [{"n": 2}]},
                       {"contributors": [{"contributions": 4, "n": 3}]}])",
                   {1, 2, 3}},
        shape_case{"NullList", R"({"resultList": null, "stargazers": [{"n": 9}]})", {}},
        shape_case{
            "ListOfTaskOutputs",
            R"([{"resultList": [{"n": 1}]}, {"resultList": []}, {"resultList": [{"n": 2}]}])",
            {1, 2}},
        shape_case{"ARowThatHasAMemberResult",
                   R"([{"starred_at": "", "n": 1, "result": [{"n": 9}]}])",
                   {1}},
        shape_case{"LoopInOrderOfIterations",
                   R"({"10": {"clean": {"resultList": [{"n": 3}]}},
                "2": {"clean": {"resultList": [{"n": 2}]}},
                "1": {"clean": {"resultList": [{"n": 1}]}},
                "iteration": 10})",
                   {1, 2, 3}},
        shape_case{"TransformedBeforeFetched",
                   R"({"1": {"page": {"result": 44},
                      "fetch": {"stargazers": [{"n": 8}, {"n": 9}]},
                      "clean": {"resultList": [{"n": 1}], "result": {"n": 1}}},
                "iteration": 1})",
                   {1}},
        shape_case{"TwoTasksOfAnIteration",
                   R"({"1": {"a": {"stargazers": [{"n": 1}]}, "b": {"stargazers": [{"n": 2}]}}})",
                   {1, 2}},
        shape_case{"LoopThatNeverRan", R"({"iteration": 0})", {}},
        shape_case{"NoOutputAtAll", "{}", {}}),
    [](auto const& one) { return one.param.name; });

// A value that holds no rows, and how the complaint about it begins.
struct refused_case {
    std::string name;
    std::string stars;
    std::string complaint;
};

void PrintTo(refused_case const& one, std::ostream* out) { *out << one.name; }

class RowListsRefusalTest : public testing::TestWithParam<refused_case> {};

TEST_P(RowListsRefusalTest, NamesWhatHoldsNoRows) {
    auto const rows = find_rows(json::parse(GetParam().stars), "/stars");

    ASSERT_TRUE(rows.has_error());
    EXPECT_EQ(rows.error().code, errc::bad_value);
    EXPECT_EQ(rows.error().detail.substr(0, GetParam().complaint.size()), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
    Values, RowListsRefusalTest,
    testing::Values(refused_case{"Text", R"("stars")", "/stars: "},
                    refused_case{"Number", "3", "/stars: "},
                    refused_case{"OneRow", R"({"starred_at": "2024-01-01T00:00:00Z"})", "/stars: "},
                    refused_case{"OutputWithoutRows", R"({"count": 3})", "/stars: "},
                    refused_case{"IterationThatIsNone", R"({"2": []})", "/stars/2: "},
                    refused_case{"IterationWithoutRows", R"({"1": {"page": {"result": 44}}})",
                                 "/stars/1: "},
                    refused_case{"BottomlessNesting", std::string(30, '[') + std::string(30, ']'),
                                 "/stars/0/0/0/0/0/0"}),
    [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace conductor::workers
