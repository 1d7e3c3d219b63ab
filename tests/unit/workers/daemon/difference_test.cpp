#include <daemon/definitions/difference.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

using daemon::difference;
using differences = std::vector<difference>;

differences compare(char const* file, char const* server) {
    return daemon::compare(boost::json::parse(file).as_object(),
                           boost::json::parse(server).as_object());
}

TEST(DifferenceTest, WhatTheServerAddsIsNoDifference) {
    EXPECT_EQ(compare(R"({"name": "a", "tasks": [{"type": "INLINE"}]})",
                      R"({"name": "a", "createTime": 5, "tasks": [{"type": "INLINE",
                          "optional": false, "startDelay": 0}]})"),
              differences{});
}

TEST(DifferenceTest, NamesEachMemberThatDiffers) {
    EXPECT_EQ(
        compare(R"({"a": 1, "b": {"c/d": "x"}, "new": true})", R"({"a": 2, "b": {"c/d": "y"}})"),
        (differences{{"/a", "2", "1"}, {"/b/c~1d", "\"y\"", "\"x\""}, {"/new", "absent", "true"}}));
}

TEST(DifferenceTest, ListsAreComparedElementByElement) {
    EXPECT_EQ(compare(R"({"l": [1, 2, 3]})", R"({"l": [1, 5]})"),
              (differences{{"/l/1", "5", "2"}, {"/l/2", "absent", "3"}}));
    EXPECT_EQ(compare(R"({"l": [1]})", R"({"l": [1, 2]})"), (differences{{"/l/1", "2", "absent"}}));
}

TEST(DifferenceTest, WhatWasTakenOutOfAnInputIsADifference) {
    EXPECT_EQ(compare(R"({"tasks": [{"inputParameters": {"a": {}}}]})",
                      R"({"tasks": [{"inputParameters": {"a": {"b": 1}, "c": 2}}]})"),
              (differences{{"/tasks/0/inputParameters/a/b", "1", "absent"},
                           {"/tasks/0/inputParameters/c", "2", "absent"}}));
}

TEST(DifferenceTest, EqualValuesInOtherFormsAreEqual) {
    EXPECT_EQ(compare(R"({"a": 1, "b": null, "c": 18446744073709551615})",
                      R"({"a": 1.0, "c": 18446744073709551615})"),
              differences{});
    EXPECT_EQ(compare(R"({"a": "1"})", R"({"a": 1})"), (differences{{"/a", "1", "\"1\""}}));
    EXPECT_EQ(compare(R"({"a": 9007199254740993})", R"({"a": 9007199254740992})").size(), 1U);
}

TEST(DifferenceTest, LiteralKeysAreHiddenAndReferencesShown) {
    EXPECT_EQ(compare(R"({"input": {"gh_token": "secret:github", "orbit_api_key": "new"}})",
                      R"({"input": {"gh_token": "ghp_old", "orbit_api_key": "old"}})"),
              (differences{{"/input/gh_token", "\"(hidden)\"", "\"secret:github\""},
                           {"/input/orbit_api_key", "\"(hidden)\"", "\"(hidden)\""}}));
    EXPECT_EQ(
        compare(R"({"input": {"deep": {"x": [{"password": "p"}]}}})", R"({"input": {}})"),
        (differences{{"/input/deep", "absent", R"json({"x":[{"password":"(hidden)"}]})json"}}));
}

}  // namespace
}  // namespace conductor::test
