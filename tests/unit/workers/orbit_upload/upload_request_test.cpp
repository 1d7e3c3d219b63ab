#include <orbit_upload/upload_request.hpp>

#include "complaint_case.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>
#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

json::object input_of(std::string const& text) { return json::parse(text).as_object(); }

TEST(UploadRequestTest, FillsInWhatIsNotSaid) {
    auto const input = input_of(R"({"orbit_workspace": "oss", "activities": [{"key": "a"}, {}]})");

    auto const request = read_upload_request(input);

    ASSERT_TRUE(request.has_value()) << request.error().message;
    EXPECT_EQ(request->workspace, "oss");
    EXPECT_TRUE(request->key.empty());
    EXPECT_EQ(request->sink, "");
    EXPECT_EQ(request->activities.size(), 2U);
    EXPECT_EQ(request->rate_per_minute, 100);
    EXPECT_EQ(request->max_wait, seconds{3600});
    EXPECT_EQ(request->shape, body_shape::wrapped);
    EXPECT_EQ(request->on_item_error, item_error_rule::fail);
    EXPECT_FALSE(request->dry_run);
}

TEST(UploadRequestTest, ReadsWhatIsSaid) {
    auto const input = input_of(R"({
        "orbit_workspace": "oss", "activity": {"title": "a"}, "orbit_apikey": "secret:orbit",
        "activity_name": "starred", "sink": "local", "rate_per_minute": "30",
        "max_wait_seconds": 0, "body_shape": "flat", "on_item_error": "continue",
        "dry_run": "true"})");

    auto const request = read_upload_request(input);

    ASSERT_TRUE(request.has_value()) << request.error().message;
    EXPECT_EQ(request->key.reveal(), "secret:orbit");
    EXPECT_EQ(request->activity_name, "starred");
    EXPECT_EQ(request->sink, "local");
    EXPECT_EQ(request->activities.size(), 1U);
    EXPECT_EQ(request->rate_per_minute, 30);
    EXPECT_EQ(request->max_wait, seconds{0});
    EXPECT_EQ(request->shape, body_shape::flat);
    EXPECT_EQ(request->on_item_error, item_error_rule::go_on);
    EXPECT_TRUE(request->dry_run);
}

TEST(UploadRequestTest, IntervalSpreadsTheRateOverAMinute) {
    upload_request request;

    EXPECT_EQ(request.interval(), milliseconds{600});
}

TEST(UploadRequestTest, TakesBothSpellingsOfTheKey) {
    auto const other =
        input_of(R"({"orbit_workspace": "w", "activities": [], "orbit_api_key": "b"})");
    auto const both = input_of(
        R"({"orbit_workspace": "w", "activities": [], "orbit_apikey": "a", "orbit_api_key": "b"})");
    auto const blank = input_of(
        R"({"orbit_workspace": "w", "activities": [], "orbit_apikey": "", "orbit_api_key": "b"})");

    EXPECT_EQ(read_upload_request(other)->key.reveal(), "b");
    EXPECT_EQ(read_upload_request(both)->key.reveal(), "a");
    EXPECT_EQ(read_upload_request(blank)->key.reveal(), "b");
}

TEST(UploadRequestTest, AnEmptyListAndANullActivityAreNothingToDo) {
    auto const list = input_of(R"({"orbit_workspace": "w", "activities": []})");
    auto const null = input_of(R"({"orbit_workspace": "w", "activity": null})");

    EXPECT_TRUE(read_upload_request(list)->activities.empty());
    EXPECT_TRUE(read_upload_request(null)->activities.empty());
}

class UploadBadInputTest : public testing::TestWithParam<complaint_case> {};

TEST_P(UploadBadInputTest, NamesTheMember) {
    auto input = input_of(R"({"orbit_workspace": "oss", "activities": []})");
    for (auto const& [name, value] : input_of(GetParam().input)) input[name] = value;

    auto const request = read_upload_request(input);

    ASSERT_TRUE(request.has_error());
    EXPECT_EQ(request.error().code, codes::bad_input);
    EXPECT_EQ(request.error().message.find(GetParam().pointer + ": "), 0U)
        << request.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, UploadBadInputTest,
    testing::Values(
        complaint_case{"NoWorkspace", R"({"orbit_workspace": null})", "/orbit_workspace"},
        complaint_case{"WorkspaceUp", R"({"orbit_workspace": ".."})", "/orbit_workspace"},
        complaint_case{"WorkspaceHere", R"({"orbit_workspace": "."})", "/orbit_workspace"},
        complaint_case{"WorkspaceIsPath", R"({"orbit_workspace": "a/../b"})", "/orbit_workspace"},
        complaint_case{"WorkspaceIsWindowsPath", R"({"orbit_workspace": "a\\b"})",
                       "/orbit_workspace"},
        complaint_case{"WorkspaceBreaksTheLine", R"({"orbit_workspace": "a\r\nb"})",
                       "/orbit_workspace"},
        complaint_case{"WorkspaceIsNumber", R"({"orbit_workspace": 7})", "/orbit_workspace"},
        complaint_case{"NullActivities", R"({"activities": null})", "/activities"},
        complaint_case{"ActivitiesIsObject", R"({"activities": {}})", "/activities"},
        complaint_case{"ActivityInTheListIsNull", R"({"activities": [{}, null]})", "/activities/1"},
        complaint_case{"ActivityIsText", R"({"activities": null, "activity": "x"})", "/activity"},
        complaint_case{"KeyIsNumber", R"({"orbit_apikey": 7})", "/orbit_apikey"},
        complaint_case{"SinkIsList", R"({"sink": []})", "/sink"},
        complaint_case{"NoRate", R"({"rate_per_minute": 0})", "/rate_per_minute"},
        complaint_case{"NegativeWait", R"({"max_wait_seconds": -1})", "/max_wait_seconds"},
        complaint_case{"UnknownShape", R"({"body_shape": "round"})", "/body_shape"},
        complaint_case{"UnknownRule", R"({"on_item_error": "ignore"})", "/on_item_error"},
        complaint_case{"DryRunIsWord", R"({"dry_run": "perhaps"})", "/dry_run"}),
    [](auto const& one) { return one.param.name; });

TEST(UploadRequestTest, ActivitiesAreRequired) {
    auto const input = input_of(R"({"orbit_workspace": "oss"})");

    auto const request = read_upload_request(input);

    ASSERT_TRUE(request.has_error());
    EXPECT_EQ(request.error().message.find("/activities: is required"), 0U);
}

TEST(CompleteActivityTest, KeepsWhatIsThere) {
    auto const whole = input_of(R"({"title": "t", "key": "k", "link": "l"})");

    EXPECT_EQ(complete_activity(whole, "other", "other"), whole);
}

TEST(CompleteActivityTest, AddsTitleAndKey) {
    for (std::string const bare : {"{}", R"({"title": "", "key": null})"}) {
        EXPECT_EQ(complete_activity(input_of(bare), "starred", "w:ref:0"),
                  input_of(R"({"title": "starred", "key": "w:ref:0"})"))
            << bare;
    }
}

TEST(CompleteActivityTest, LeavesAMissingTitleToTheSinkWhenThereIsNone) {
    EXPECT_FALSE(complete_activity({}, "", "k").contains("title"));
}

}  // namespace
}  // namespace conductor::workers
