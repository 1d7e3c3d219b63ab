#include <conductor/json.hpp>

#include "api/json_text.hpp"

#include <boost/describe.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <cstdint>

namespace conductor {
namespace {

BOOST_DEFINE_ENUM_CLASS(colour, red, green)

struct point {
    int x = 0;
    int y = 7;
};
BOOST_DESCRIBE_STRUCT(point, (), (x, y))

struct shape {
    std::string name;
    std::optional<double> scale;
    std::vector<point> points;
    std::map<std::string, std::uint8_t> weights{{"a", std::uint8_t{1}}};
    colour paint = colour::green;
    boost::json::value anything{"x"};
};
BOOST_DESCRIBE_STRUCT(shape, (), (name, scale, points, weights, paint, anything))

result<shape> read(char const* text) { return from_json<shape>(boost::json::parse(text)); }

std::string complaint(char const* text) {
    auto const got = read(text);
    return got.has_error() ? got.error().detail : "no error";
}

TEST(JsonTest, ReadsADescribedStructAndIgnoresWhatItDoesNotKnow) {
    auto const got = read(R"({"name":"s","scale":1.5,"points":[{"x":1,"more":true},{"x":2,"y":3}],
                              "weights":{"b":200},"paint":"red","anything":[1],"extra":{}})");
    ASSERT_TRUE(got) << got.error().detail;
    EXPECT_EQ(got->name, "s");
    EXPECT_EQ(got->scale, 1.5);
    ASSERT_EQ(got->points.size(), 2u);
    EXPECT_EQ(got->points[0].y, 7);
    EXPECT_EQ(got->points[1].y, 3);
    EXPECT_EQ(got->weights.at("b"), 200);
    EXPECT_EQ(got->paint, colour::red);
    EXPECT_TRUE(got->anything.is_array());
}

TEST(JsonTest, KeepsInitialisersOfAbsentMembers) {
    auto const got = read(R"({"name":"s","points":[]})");
    ASSERT_TRUE(got) << got.error().detail;
    EXPECT_EQ(got->scale, std::nullopt);
    EXPECT_EQ(got->paint, colour::green);
    EXPECT_EQ(got->weights.size(), 1u);
}

TEST(JsonTest, NamesTheCulpritByItsPointer) {
    EXPECT_EQ(complaint(R"({"points":[]})"), "/name: is missing");
    EXPECT_EQ(complaint(R"({"name":null,"points":[]})"), "/name: expected a string, got null");
    EXPECT_EQ(complaint(R"({"name":"s","points":[{"x":1},{"x":"2"}]})"),
              "/points/1/x: expected a whole number, got a string");
    EXPECT_EQ(complaint(R"({"name":"s","points":[{}]})"), "/points/0/x: is missing");
    EXPECT_EQ(complaint(R"({"name":"s","points":[],"weights":{"a/b~c":-1}})"),
              "/weights/a~1b~0c: is not a whole number of the allowed range");
    EXPECT_EQ(complaint(R"({"name":"s","points":[],"paint":"blue"})"),
              "/paint: is none of the allowed values");
    EXPECT_EQ(complaint("[]"), "/: expected an object, got a list");
}

TEST(JsonTest, RefusesNumbersThatDoNotFit) {
    EXPECT_TRUE(from_json<int>(boost::json::value(3.0)));
    EXPECT_FALSE(from_json<int>(boost::json::value(3.5)));
    EXPECT_FALSE(from_json<int>(boost::json::value(5'000'000'000)));
    EXPECT_FALSE(from_json<unsigned>(boost::json::value(-1)));
}

TEST(JsonTest, WritesWhatItReads) {
    auto const* text = R"({"name":"s","points":[{"x":1,"y":2}],"weights":{"a":1},"paint":"red",)"
                       R"("anything":null})";
    auto const got = read(text);
    ASSERT_TRUE(got) << got.error().detail;
    EXPECT_EQ(boost::json::serialize(to_json(*got)), text);
}

TEST(JsonTextTest, RefusesWhatIsNotOneDocument) {
    for (auto const* text : {"", "{", "{} {}", "<html>", "\xff"}) {
        auto const parsed = api::parse_json(text, {});
        ASSERT_TRUE(parsed.has_error()) << text;
        EXPECT_EQ(parsed.error().code, errc::bad_response);
    }
    EXPECT_TRUE(api::parse_json(" {} \n", {}));
}

TEST(JsonTextTest, RefusesADepthBomb) {
    auto const nested = [](std::size_t levels) {
        return std::string(levels, '[') + std::string(levels, ']');
    };
    EXPECT_TRUE(api::parse_json(nested(200), {}).has_value());
    EXPECT_TRUE(api::parse_json(nested(201), {}).has_error());
    EXPECT_TRUE(api::parse_json(std::string(100'000, '['), {}).has_error());
}

}  // namespace
}  // namespace conductor
