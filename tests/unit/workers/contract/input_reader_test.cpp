#include <contract/input_reader.hpp>

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace conductor::workers {
namespace {

namespace json = boost::json;

json::object parse(char const* text) { return json::parse(text).as_object(); }

TEST(InputReaderTest, ReadsEveryType) {
    auto const input = parse(R"({"text": "a", "number": 7, "truth": true, "list": [1],
                                 "time": "1970-01-01T00:00:01Z", "any": {"x": 1}})");
    input_reader in{input};
    EXPECT_EQ(in.required_text("text"), "a");
    EXPECT_EQ(in.integer("number"), 7);
    EXPECT_EQ(in.boolean("truth"), true);
    EXPECT_EQ(in.time("time"), instant{std::chrono::seconds{1}});
    EXPECT_EQ(in.array("list")->size(), 1u);
    EXPECT_TRUE(in.find("any")->is_object());
    EXPECT_TRUE(in.good());
}

TEST(InputReaderTest, TakesNullAndEmptyTextForAbsent) {
    auto const input = parse(R"({"a": null, "b": ""})");
    input_reader in{input};
    for (auto const* const name : {"a", "b", "c"}) {
        EXPECT_EQ(in.text(name), std::nullopt);
        EXPECT_EQ(in.integer(name), std::nullopt);
        EXPECT_EQ(in.boolean(name), std::nullopt);
        EXPECT_EQ(in.time(name), std::nullopt);
        EXPECT_EQ(in.choice(name, {"x"}), std::nullopt);
        EXPECT_EQ(in.array(name), nullptr);
        EXPECT_EQ(in.find(name), nullptr);
    }
    EXPECT_TRUE(in.good());
    EXPECT_EQ(in.required_text("a"), "");
    EXPECT_EQ(in.error().message, "/a: is required");
}

TEST(InputReaderTest, TakesNumericTextsAndWholeDoubles) {
    auto const input = parse(R"({"a": "3800", "b": 44.0, "c": "-2", "d": -0.0})");
    input_reader in{input};
    EXPECT_EQ(in.integer("a"), 3800);
    EXPECT_EQ(in.integer("b"), 44);
    EXPECT_EQ(in.integer("c", {.min = -2}), -2);
    EXPECT_EQ(in.integer("d"), 0);
    EXPECT_TRUE(in.good());
}

class BadIntegerTest : public testing::TestWithParam<char const*> {};

TEST_P(BadIntegerTest, IsNamedByItsPointer) {
    auto const input = parse(GetParam());
    input_reader in{input};
    EXPECT_EQ(in.integer("page", {.min = 1, .max = 400}), std::nullopt);
    EXPECT_EQ(in.error().code, codes::bad_input);
    EXPECT_EQ(in.error().message, "/page: expected a whole number from 1 to 400");
}

INSTANTIATE_TEST_SUITE_P(Values, BadIntegerTest,
                         testing::Values(R"({"page": 0})", R"({"page": 401})", R"({"page": 1.5})",
                                         R"({"page": "1.0"})", R"({"page": "1 "})",
                                         R"({"page": "0x1"})", R"({"page": 1e300})",
                                         R"({"page": 18446744073709551615})",
                                         R"({"page": "99999999999999999999"})", R"({"page": true})",
                                         R"({"page": []})", R"({"page": {}})"));

TEST(InputReaderTest, LeavesTheUpperEndOpen) {
    auto const input = parse(R"({"star_offset": -1})");
    input_reader in{input};
    in.integer("star_offset");
    EXPECT_EQ(in.error().message, "/star_offset: expected a whole number from 0 up");
}

TEST(InputReaderTest, ReadsTruthFromText) {
    auto const input = parse(R"({"a": "true", "b": "false", "c": "yes", "d": 1})");
    input_reader in{input};
    EXPECT_EQ(in.boolean("a"), true);
    EXPECT_EQ(in.boolean("b"), false);
    EXPECT_EQ(in.boolean("c"), std::nullopt);
    EXPECT_EQ(in.boolean("d"), std::nullopt);
    EXPECT_EQ(in.error().message, "/c: expected true or false; /d: expected true or false");
}

TEST(InputReaderTest, ReadsAnInstantFromMilliseconds) {
    auto const input = parse(R"({"a": 1500, "b": "1500", "c": 1e300, "d": "soon", "e": []})");
    input_reader in{input};
    EXPECT_EQ(in.time("a"), instant{std::chrono::milliseconds{1500}});
    EXPECT_EQ(in.time("b"), instant{std::chrono::milliseconds{1500}});
    EXPECT_TRUE(in.good());
    EXPECT_EQ(in.time("c"), std::nullopt);
    EXPECT_EQ(in.time("d"), std::nullopt);
    EXPECT_EQ(in.time("e"), std::nullopt);
    EXPECT_FALSE(in.good());
}

TEST(InputReaderTest, SaysWhatMayBeChosen) {
    auto const input = parse(R"({"a": "stars", "b": "forks", "c": 1})");
    input_reader in{input};
    EXPECT_EQ(in.choice("a", {"repository", "stars"}), "stars");
    EXPECT_EQ(in.choice("b", {"repository", "stars"}), std::nullopt);
    EXPECT_EQ(in.choice("c", {"repository", "stars"}), std::nullopt);
    EXPECT_EQ(in.error().message, "/b: expected one of repository|stars; /c: expected a text");
}

TEST(InputReaderTest, NeverRepeatsAValue) {
    auto const input = parse(R"({"a": "k3y", "b": ["k3y"], "c": "k3y", "d": "k3y"})");
    input_reader in{input};
    in.integer("a");
    in.text("b");
    in.boolean("c");
    in.array("d");
    EXPECT_EQ(in.error().message.find("k3y"), std::string::npos);
}

TEST(InputReaderTest, EscapesPointers) { EXPECT_EQ(json_pointer("a/b~c"), "/a~1b~0c"); }

TEST(InputReaderTest, TakesComplaintsOfItsUser) {
    json::object const input;
    input_reader in{input};
    in.refuse("/gh_token/netflix", "expected a text");
    EXPECT_FALSE(in.good());
    EXPECT_EQ(in.error().message, "/gh_token/netflix: expected a text");
}

}  // namespace
}  // namespace conductor::workers
