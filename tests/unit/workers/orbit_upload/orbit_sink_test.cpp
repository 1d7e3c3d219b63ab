#include <orbit_upload/orbit_sink.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;

TEST(OrbitBaseTest, LosesTheSlashesAtItsEnd) {
    EXPECT_EQ(*orbit_base("http://127.0.0.1:9002/api/v1//"), "http://127.0.0.1:9002/api/v1");
    EXPECT_EQ(*orbit_base("https://orbit.example"), "https://orbit.example");
}

TEST(OrbitBaseTest, IsAnAddressWithoutDecoration) {
    for (std::string const base :
         {"", "orbit.example/api", "ftp://orbit.example/", "http://user:hunter2@orbit.example/",
          "http://orbit.example/?a=b", "http://orbit.example/#top"}) {
        auto const read = orbit_base(base);
        ASSERT_TRUE(read.has_error()) << base;
        EXPECT_EQ(read.error().code, errc::bad_url) << base;
        EXPECT_EQ(read.error().message().find("hunter2"), std::string::npos);
    }
}

TEST(OrbitUrlTest, AWorkspaceStaysOneSegment) {
    EXPECT_EQ(orbit_activities_url("http://h/api/v1", "oss-stats"),
              "http://h/api/v1/oss-stats/activities");
    EXPECT_EQ(orbit_activities_url("http://h", "a b?c=d#e%2F../"),
              "http://h/a%20b%3Fc%3Dd%23e%252F..%2F/activities");
}

delivery_report rejected_with(json::value errors) {
    return {.outcome = delivery_outcome::rejected,
            .why = {.code = codes::sink_rejected, .message = "refused"},
            .errors = std::move(errors)};
}

TEST(OrbitReportTest, KeepsShortReasonsAsTheyAre) {
    auto const report = rejected_with(json::parse(R"({"base": ["no"]})"));

    EXPECT_EQ(without_key(report, secret{std::string{"k3y"}}), report);
}

TEST(OrbitReportTest, NeverRepeatsTheKey) {
    auto report = rejected_with(json::parse(R"({"base": ["Bearer k3y is unknown", "k3y"]})"));
    report.why.message = "the sink said k3y";

    auto const shown = without_key(report, secret{std::string{"k3y"}});

    EXPECT_EQ(shown.why.message, "the sink said ***");
    EXPECT_EQ(json::serialize(shown.errors).find("k3y"), std::string::npos);
    EXPECT_NE(json::serialize(shown.errors).find("is unknown"), std::string::npos);
}

TEST(OrbitReportTest, NeverRepeatsAKeyThatJsonEscapes) {
    std::string const key = "k\"3\\y";
    auto const shown = without_key(rejected_with({{"base", key}}), secret{std::string{key}});

    EXPECT_EQ(json::serialize(shown.errors).find("3"), std::string::npos);
}

TEST(OrbitReportTest, CutsLongReasonsBetweenCharacters) {
    std::string text;
    while (text.size() < 5000) {
        text += "ü";
    }

    auto const shown = without_key(rejected_with(json::string{text}), secret{});

    auto const cut = std::string{shown.errors.as_string()};
    EXPECT_LT(cut.size(), 1010U);
    EXPECT_TRUE(cut.ends_with("ü…")) << cut;
}

}  // namespace
}  // namespace conductor::workers
