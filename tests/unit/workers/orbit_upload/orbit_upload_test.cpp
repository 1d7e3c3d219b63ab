#include <orbit_upload/orbit_upload.hpp>

#include <conductor/config_error.hpp>

#include <support/leaping_clock.hpp>
#include <support/run_coroutine.hpp>
#include <support/temporary_folder.hpp>

#include "complaint_case.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <memory>
#include <ostream>
#include <string>
#include <variant>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using conductor::test::leaping_clock;
using conductor::test::run_coroutine;

orbit_upload_options one_sink() {
    orbit_upload_options options;
    options.default_sink = "orbit";
    options.sinks["orbit"].base = "http://127.0.0.1:1/api/v1";
    return options;
}

// Runs a task that is decided before anything is sent.
task_result upload(std::string const& input, orbit_upload_options options = one_sink()) {
    boost::asio::io_context loop;
    environment environment;
    environment.clock = std::make_shared<leaping_clock>();
    auto const client = std::make_shared<http::client>(loop.get_executor());
    auto const worker = make_orbit_upload(std::move(options), client, environment);
    task const task{json::object{{"inputData", json::parse(input)}}};
    task_context context{task, {}, std::nullopt, environment.clock};
    return run_coroutine(loop, std::get<coroutine_handler>(worker.run)(task, context));
}

TEST(OrbitUploadTest, ServesItsTaskType) {
    EXPECT_EQ(make_orbit_upload({}, nullptr, {}).type, "orbit_upload");
}

TEST(OrbitUploadTest, NoActivitiesComplete) {
    auto const result = upload(R"({"orbit_workspace": "w", "activities": []})");

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output().at("total"), 0);
    EXPECT_EQ(result.output().at("sink"), "orbit");
}

TEST(OrbitUploadTest, ADryRunNeedsNeitherSinkNorKey) {
    auto const result =
        upload(R"({"orbit_workspace": "w", "activities": [{"title": "a"}], "dry_run": true})", {});

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output().at("total"), 1);
    EXPECT_EQ(result.output().at("requests"), 0);
    EXPECT_EQ(result.output().at("dry_run"), true);
}

class OrbitUploadBadInputTest : public testing::TestWithParam<complaint_case> {};

TEST_P(OrbitUploadBadInputTest, EndsTheTaskForGoodAndNamesTheMember) {
    auto const result = upload(GetParam().input);

    EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(result.reason().find("BAD_INPUT: " + GetParam().pointer + ": "), 0U)
        << result.reason();
    EXPECT_EQ(result.reason().find("hunter2"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, OrbitUploadBadInputTest,
    testing::Values(
        complaint_case{"NoWorkspace", R"({"activities": []})", "/orbit_workspace"},
        complaint_case{"UnknownSink",
                       R"({"orbit_workspace": "w", "activities": [], "sink": "elsewhere"})",
                       "/sink"},
        complaint_case{"NoKey", R"({"orbit_workspace": "w", "activities": [{}]})", "/orbit_apikey"},
        complaint_case{
            "SecretThatIsNotListed",
            R"({"orbit_workspace": "w", "activities": [{}], "orbit_apikey": "secret:hunter2"})",
            "/orbit_apikey"},
        complaint_case{
            "KeyFromTheHost",
            R"({"orbit_workspace": "w", "activities": [{}], "orbit_apikey": "env:hunter2"})",
            "/orbit_apikey"},
        complaint_case{
            "KeyThatBreaksTheHeader",
            R"({"orbit_workspace": "w", "activities": [{}], "orbit_apikey": "hunter2\r\nX: y"})",
            "/orbit_apikey"}),
    [](auto const& one) { return one.param.name; });

TEST(OrbitUploadTest, AnUnknownSinkIsRefusedInADryRunToo) {
    auto const result = upload(
        R"({"orbit_workspace": "w", "activities": [{}], "sink": "elsewhere", "dry_run": true})");

    EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(result.reason(), "BAD_INPUT: /sink: expected one of orbit");
}

TEST(OrbitUploadTest, AWebhookWithoutASecretIsRefusedWhateverKeyTheInputHas) {
    auto options = one_sink();
    options.sinks["orbit"].type = "webhook";

    auto const result = upload(
        R"({"orbit_workspace": "w", "activities": [{}], "orbit_apikey": "hunter2"})", options);

    EXPECT_EQ(result.reason(), "BAD_INPUT: /sink: has no secret to sign with");
}

TEST(OrbitUploadTest, ASinkOnThisMachineNeedsNoKeyAndIgnoresOne) {
    conductor::test::temporary_folder const folder;
    orbit_upload_options options;
    options.default_sink = "local";
    options.sinks["local"] = {.type = "file", .path = folder.path("stars.ndjson")};

    auto const without =
        upload(R"({"orbit_workspace": "w", "activities": [{"key": "a"}]})", options);
    auto const with_one =
        upload(R"({"orbit_workspace": "w", "activities": [{"key": "b"}], "orbit_apikey": "env:x"})",
               options);

    EXPECT_EQ(without.status(), task_status::completed) << without.reason();
    EXPECT_EQ(with_one.status(), task_status::completed) << with_one.reason();
    EXPECT_EQ(with_one.output().at("created"), 1);
}

TEST(OrbitUploadTest, WithoutADefaultTheInputHasToNameASink) {
    auto options = one_sink();
    options.default_sink.clear();

    auto const result = upload(R"({"orbit_workspace": "w", "activities": [{}]})", options);

    EXPECT_EQ(result.reason(), "BAD_INPUT: /sink: is required, expected one of orbit");
}

// What make_orbit_upload complains about; empty when it does not.
std::string complaint_about(orbit_upload_options options) {
    try {
        make_orbit_upload(std::move(options), nullptr, {});
    } catch (config_error const& error) {
        return error.what();
    }
    return {};
}

TEST(OrbitUploadConfigurationTest, NamesTheSettingThatCannotBeUsed) {
    auto default_is_none = one_sink();
    default_is_none.default_sink = "elsewhere";
    auto unknown_type = one_sink();
    unknown_type.sinks["orbit"].type = "carrier_pigeon";
    auto no_base = one_sink();
    no_base.sinks["orbit"].base.clear();

    EXPECT_EQ(complaint_about(one_sink()), "");
    EXPECT_EQ(complaint_about(default_is_none), "default_sink: expected one of orbit");
    EXPECT_EQ(complaint_about(unknown_type),
              "sinks.orbit.type: expected one of orbit, commonroom, webhook, file, sqlite");
    EXPECT_EQ(complaint_about(no_base).find("sinks.orbit.base: "), 0U);
}

}  // namespace
}  // namespace conductor::workers
