#include <github_fetch/json_members.hpp>

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <string>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

TEST(ParseBodyTest, ReadsJson) {
    EXPECT_EQ(*parse_body(" {\"a\": [1]} "), json::parse("{\"a\":[1]}"));
}

TEST(ParseBodyTest, SaysWhereItBreaksOff) {
    auto const cut = parse_body("[{\"a\": 1");
    ASSERT_TRUE(cut.has_error());
    EXPECT_EQ(cut.error().code, errc::bad_response);
    EXPECT_NE(cut.error().detail.find("at byte 8 of 8"), std::string::npos) << cut.error().detail;
}

TEST(ParseBodyTest, SurvivesAnyBytes) {
    for (std::string const& body :
         {std::string{}, std::string{"\0", 1}, std::string{"<html>"}, std::string{"[] []"},
          std::string{"\"\xff\""}, std::string{"{\"a\":1e9999999999999}"}, std::string{"nul"},
          std::string(100'000, '['), std::string(100'000, '{'), std::string{"\"\\ud800\""}}) {
        auto const read = parse_body(body);
        if (read.has_value())
            EXPECT_TRUE(read->is_object() || read->is_string());
        else
            EXPECT_EQ(read.error().code, errc::bad_response);
    }
}

TEST(ParseBodyTest, ReadsThirtyTwoLevels) {
    auto const nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_TRUE(parse_body(nested(32)).has_value());
    EXPECT_TRUE(parse_body(nested(33)).has_error());
}

TEST(MembersTest, AreReadByType) {
    auto const object = json::parse(R"({"t": "x", "n": 7, "f": 7.0, "m": -1, "z": 0,
                                        "u": 18446744073709551615, "big": 1000000000001,
                                        "null": null})")
                            .as_object();
    EXPECT_EQ(text_member(object, "t"), "x");
    EXPECT_EQ(text_member(object, "n"), std::nullopt);
    EXPECT_EQ(text_member(object, "absent"), std::nullopt);
    EXPECT_EQ(count_member(object, "n"), 7);
    EXPECT_EQ(count_member(object, "z"), 0);
    for (auto const* const name : {"f", "m", "u", "big", "null", "t", "absent"})
        EXPECT_EQ(count_member(object, name), std::nullopt) << name;
}

TEST(MembersTest, AreWrittenAsNumberOrNull) {
    EXPECT_EQ(number_or_null(3), json::value(3));
    EXPECT_TRUE(number_or_null(std::nullopt).is_null());
}

TEST(MalformedTest, NamesThePlace) {
    EXPECT_EQ(malformed("/0/user", "missing").detail, "/0/user: missing");
    EXPECT_EQ(malformed("", "expected an array").detail, "expected an array");
    EXPECT_EQ(malformed("", "x").code, errc::bad_response);
}

}  // namespace
}  // namespace conductor::workers::github
