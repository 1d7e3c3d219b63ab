#include "api/json_check.hpp"

#include <conductor/raw_json.hpp>

#include <gtest/gtest.h>

#include <string>

namespace conductor::api {
namespace {

std::string fault_in_object(std::string_view text, std::size_t depth_max = 200) {
    auto const checked = check_object(text, depth_max);
    return checked ? "none" : checked.error().detail;
}

std::string lists(std::size_t depth) {
    return R"({"a":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
}

TEST(JsonCheckTest, AValueEndsWhereTheNextBegins) {
    EXPECT_EQ(*check_value(R"({"a":[1,2]},"b")", 10), 11U);
    EXPECT_EQ(*check_value(R"({"a":"\n"},"b")", 10), 10U) << "what is not plain neither";
    EXPECT_EQ(*check_value(R"( "text" ])", 10), 7U);
}

TEST(JsonCheckTest, AnObjectMayHoldEverythingThatJsonHas) {
    EXPECT_EQ(fault_in_object("{}"), "none");
    EXPECT_EQ(fault_in_object(" {\"a\":[1,-2.5e3,true,null,\"grüße \\u00e9\\n\"]}\r\n"), "none");
    EXPECT_EQ(fault_in_object(R"({"more":123456789012345678901234567890})"), "none");
}

TEST(JsonCheckTest, AFaultIsNamedWithItsPlace) {
    EXPECT_EQ(fault_in_object(R"({"a":1)"), "not JSON at byte 6: incomplete JSON");
    EXPECT_EQ(fault_in_object(R"({"a":1}{})"), "not JSON at byte 7: more than one value");
    EXPECT_NE(fault_in_object("{\"a\":\"\xff\"}").find("not JSON at byte "), std::string::npos);
    for (auto const* text : {"", "  ", "[]", "1", "null", "nonsense"})
        EXPECT_EQ(fault_in_object(text), "not a JSON object") << text;
}

TEST(JsonCheckTest, NestingHasALimit) {
    EXPECT_EQ(fault_in_object(lists(199)), "none");
    EXPECT_NE(fault_in_object(lists(201)).find("too deep"), std::string::npos);
    EXPECT_EQ(fault_in_object(lists(800), 900), "none");
    EXPECT_NE(fault_in_object(lists(5), 3).find("too deep"), std::string::npos)
        << "also below the depth up to which text is plain";
}

}  // namespace
}  // namespace conductor::api
