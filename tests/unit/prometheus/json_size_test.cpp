#include "json_size.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace conductor::metrics {
namespace {

TEST(JsonSizeTest, CountsTheBytesOfTheText) {
    EXPECT_EQ(json_size({}), 2U);
    boost::json::object const object{{"text", "a\n\"b"}, {"list", {1, 2.5, nullptr, true}}};
    EXPECT_EQ(json_size(object), boost::json::serialize(object).size());
}

TEST(JsonSizeTest, CountsTextsOfAnyLength) {
    boost::json::object const object{{"text", std::string(1'000'000, 'x')}};
    EXPECT_EQ(json_size(object), 1'000'000 + std::string_view{R"({"text":""})"}.size());
}

}  // namespace
}  // namespace conductor::metrics
