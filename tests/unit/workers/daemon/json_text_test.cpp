#include <daemon/definitions/json_text.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

std::string json_error(std::string const& text) {
    auto const parsed = daemon::parse_json("f.json", text);
    return parsed.has_error() ? parsed.error().detail : "";
}

TEST(JsonTextTest, NamesLineAndColumn) {
    EXPECT_TRUE(json_error("{\n  \"a\": 1,\n  b\n}").starts_with("f.json:3:3: is not JSON"));
    EXPECT_TRUE(json_error("[1, 2").starts_with("f.json:1:6: is not JSON"));
    EXPECT_TRUE(json_error("").starts_with("f.json:1:1: is not JSON"));
    EXPECT_EQ(json_error("{}\n{}"), "f.json:2:1: something follows the JSON value");
    EXPECT_EQ(json_error(" {\"a\": [1]} \n"), "");
}

TEST(JsonTextTest, DeepNestingIsAnErrorNotACrash) {
    EXPECT_FALSE(json_error(std::string(100'000, '[')).empty());
}

TEST(JsonTextTest, ReadsAnObjectFromAFile) {
    temporary_folder const folder;
    EXPECT_EQ(daemon::read_json_object(folder.write("a.json", "{\"a\": 1}"))->at("a"), 1);
    auto const list = daemon::read_json_object(folder.write("b.json", "[]"));
    EXPECT_NE(list.error().detail.find("b.json:1:1: must hold a JSON object"), std::string::npos);
    EXPECT_TRUE(daemon::read_json_object(folder.path("missing")).has_error());
}

}  // namespace
}  // namespace conductor::test
