#include <orbit_upload/orbit_upload.hpp>

#include "sink_case.hpp"

#include <fakes/fake_http_server.hpp>
#include <support/leaping_clock.hpp>
#include <support/run_coroutine.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace conductor::workers {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using conductor::test::fake_http_server;
using conductor::test::http_answer;
using conductor::test::http_request;
using conductor::test::leaping_clock;
using conductor::test::run_coroutine;
using conductor::test::temporary_folder;
using std::chrono::seconds;
using test::key;

http_answer accept(http_request const&) { return {.status = 202, .body = ""}; }

// The worker as the daemon makes it, with one sink of each type.
struct sinks_case {
    fake_http_server server{accept};
    temporary_folder folder;
    asio::io_context loop;
    std::shared_ptr<leaping_clock> clock = std::make_shared<leaping_clock>();

    orbit_upload_options options() {
        auto const source = std::make_shared<secret_source>();
        source->add("key", [] { return result<secret>{secret{std::string{key}}}; });
        secret_access const secrets{.source = source, .allowed = {"key"}, .default_secret = "key"};
        orbit_upload_options made;
        for (std::string const type : {"orbit", "commonroom", "webhook"}) {
            made.sinks[type] = {
                .type = type, .base = server.url("/community/v1"), .secrets = secrets};
        }
        for (std::string const type : {"file", "sqlite"})
            made.sinks[type] = {.type = type, .path = folder.path(type + "/activities")};
        return made;
    }

    void make_folders() const {
        std::filesystem::create_directory(folder.path("file"));
        std::filesystem::create_directory(folder.path("sqlite"));
    }

    task_result upload(std::string const& sink, json::array activities,
                       json::object const& previous = {}) {
        environment environment;
        environment.clock = clock;
        auto const client = std::make_shared<http::client>(loop.get_executor());
        auto const worker = make_orbit_upload(options(), client, environment);
        json::object const input{
            {"orbit_workspace", "4711"}, {"activities", std::move(activities)}, {"sink", sink}};
        task const task{json::object{{"inputData", input}, {"outputData", previous}}};
        task_context context{task, {}, std::nullopt, clock};
        return run_coroutine(loop, std::get<coroutine_handler>(worker.run)(task, context));
    }
};

json::array activities(int count) {
    json::array list;
    for (int index = 0; index != count; ++index) {
        auto const number = std::to_string(index);
        list.push_back({{"occurred_at", "2024-05-01T10:00:00Z"},
                        {"title", "starred"},
                        {"key", "github:star:7:" + number},
                        {"activity_type_key", "star:created"},
                        {"member", {{"github", "user" + number}}}});
    }
    return list;
}

struct AnySinkTest : testing::TestWithParam<std::string>, sinks_case {
    AnySinkTest() { make_folders(); }
};

TEST_P(AnySinkTest, TakesAllActivities) {
    auto const result = upload(GetParam(), activities(3));

    EXPECT_EQ(result.status(), task_status::completed) << result.reason();
    EXPECT_EQ(result.output().at("posted"), 3);
    EXPECT_EQ(result.output().at("next_index"), 3);
    EXPECT_EQ(result.output().at("sink").as_string(), GetParam());
}

TEST_P(AnySinkTest, ZeroActivitiesComplete) {
    auto const result = upload(GetParam(), {});

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output().at("requests"), 0);
    EXPECT_EQ(server.connections(), 0U);
}

TEST_P(AnySinkTest, GoesOnWhereAnEarlierClaimLeftOff) {
    json::object const before{
        {"posted", 1},     {"created", 1}, {"duplicates", 0}, {"failed", json::array{}},
        {"next_index", 1}, {"total", 3},   {"requests", 1}};

    auto const result = upload(GetParam(), activities(3), before);

    EXPECT_EQ(result.status(), task_status::completed) << result.reason();
    EXPECT_EQ(result.output().at("posted"), 3);
}

std::string name_of(testing::TestParamInfo<std::string> const& one) { return one.param; }

INSTANTIATE_TEST_SUITE_P(Sinks, AnySinkTest,
                         testing::Values("orbit", "commonroom", "webhook", "file", "sqlite"),
                         name_of);

struct LocalSinkTest : AnySinkTest {};

TEST_P(LocalSinkTest, ASecondRunStoresNothingTwice) {
    upload(GetParam(), activities(2));

    auto const again = upload(GetParam(), activities(3));

    EXPECT_EQ(again.output().at("created"), 1);
    EXPECT_EQ(again.output().at("duplicates"), 2);
    EXPECT_EQ(again.output().at("requests"), 1);
    EXPECT_TRUE(clock->waits().empty());
}

TEST_P(LocalSinkTest, AFolderThatIsMissingIsSinkStorageAndMayPass) {
    std::filesystem::remove_all(folder.path(GetParam()));

    auto const failed = upload(GetParam(), activities(2));
    make_folders();
    auto const later = upload(GetParam(), activities(2), failed.output());

    EXPECT_EQ(failed.status(), task_status::failed);
    EXPECT_EQ(failed.reason().find("SINK_STORAGE: "), 0U) << failed.reason();
    EXPECT_NE(failed.reason().find(folder.path(GetParam())), std::string::npos);
    EXPECT_EQ(failed.output().at("next_index"), 0);
    EXPECT_EQ(later.output().at("created"), 2) << later.reason();
}

INSTANTIATE_TEST_SUITE_P(Sinks, LocalSinkTest, testing::Values("file", "sqlite"), name_of);

// One row of the contract: what a service answers, and what becomes of the task.
struct row {
    std::string name;
    http_answer answer;
    task_status status;
    std::string code;
};

void PrintTo(row const& one, std::ostream* out) { *out << one.name; }

struct ServiceSinkTest : testing::TestWithParam<std::tuple<std::string, row>>, sinks_case {};

TEST_P(ServiceSinkTest, EndsTheTaskWithTheCodeOfItsRow) {
    auto const& [sink, row] = GetParam();
    server.answer_next(row.answer);

    auto const result = upload(sink, activities(2));

    EXPECT_EQ(result.status(), row.status) << result.reason();
    EXPECT_EQ(result.reason().find(row.code + ": "), 0U) << result.reason();
    EXPECT_EQ(result.output().at("next_index"), 0);
    EXPECT_EQ(server.requests().size(), 1U);
    auto const told = result.reason() + json::serialize(result.output());
    EXPECT_EQ(told.find(key), std::string::npos) << told;
}

constexpr auto for_good = task_status::failed_with_terminal_error;
auto const repeats_the_key = R"({"errors": "no )" + std::string{key} + R"("})";

INSTANTIATE_TEST_SUITE_P(
    Rows, ServiceSinkTest,
    testing::Combine(
        testing::Values("orbit", "commonroom", "webhook"),
        testing::Values(
            row{"Unauthorized", {.status = 401}, for_good, "SINK_BAD_CREDENTIALS"},
            row{"Forbidden", {.status = 403}, for_good, "SINK_BAD_CREDENTIALS"},
            row{"NotFound", {.status = 404, .body = "{}"}, for_good, "SINK_NOT_FOUND"},
            row{"BadRequest", {.status = 400, .body = "{}"}, for_good, "SINK_REJECTED"},
            row{"Invalid", {.status = 422, .body = repeats_the_key}, for_good, "SINK_REJECTED"},
            row{"Gone", {.status = 410}, for_good, "SINK_GONE"},
            row{"Moved",
                {.status = 308, .headers = {{"Location", "http://127.0.0.1:1/"}}},
                for_good,
                "SINK_REDIRECT"},
            row{"Broken", {.status = 500}, task_status::failed, "SINK_UPSTREAM"},
            row{"BadGateway",
                {.status = 502, .body = "<html>"},
                task_status::failed,
                "SINK_UPSTREAM"},
            row{"NotHttp", {.raw = "220 mail ESMTP\r\n\r\n"}, task_status::failed, "SINK_UPSTREAM"},
            row{"WaitBeyondTheCap",
                {.status = 429, .headers = {{"Retry-After", "3601"}}},
                task_status::failed,
                "SINK_RATE_LIMITED"})),
    [](auto const& one) { return std::get<0>(one.param) + std::get<1>(one.param).name; });

struct LimitedSinkTest : testing::TestWithParam<std::tuple<std::string, std::string>>,
                         sinks_case {};

TEST_P(LimitedSinkTest, HandsTheTaskBackAndGoesOnLater) {
    auto const& [sink, wait] = GetParam();
    server.answer_next({.status = 429, .headers = {{"Retry-After", wait}}});

    auto const first = upload(sink, activities(2));
    ASSERT_EQ(first.status(), task_status::in_progress) << first.reason();
    EXPECT_EQ(first.delay(), seconds{42});
    EXPECT_EQ(first.output().at("waiting").at("code"), "SINK_RATE_LIMITED");
    clock->advance(first.delay());
    auto const second = upload(sink, activities(2), first.output());

    EXPECT_EQ(second.status(), task_status::completed) << second.reason();
    EXPECT_EQ(second.output().at("posted"), 2);
}

INSTANTIATE_TEST_SUITE_P(Waits, LimitedSinkTest,
                         testing::Combine(testing::Values("orbit", "commonroom", "webhook"),
                                          testing::Values("42", "Thu, 01 Jan 2026 00:00:42 GMT",
                                                          "2026-01-01T00:00:42Z")));

struct WebPageTest : testing::TestWithParam<std::string>, sinks_case {};

TEST_P(WebPageTest, IsNotTheApi) {
    server.answer_next({.status = 200,
                        .body = "<html>for sale</html>",
                        .headers = {{"Content-Type", "text/html"}}});

    auto const result = upload(GetParam(), activities(1));

    EXPECT_EQ(result.status(), for_good);
    EXPECT_EQ(result.reason().find("SINK_GONE: "), 0U) << result.reason();
}

INSTANTIATE_TEST_SUITE_P(Sinks, WebPageTest, testing::Values("orbit", "commonroom"), name_of);

struct UnreachableSinkTest : testing::TestWithParam<std::string>, sinks_case {};

TEST_P(UnreachableSinkTest, FailsTheTaskWhichTheServerRetries) {
    server.go_down();

    auto const result = upload(GetParam(), activities(1));

    EXPECT_EQ(result.status(), task_status::failed);
    EXPECT_EQ(result.reason().find("SINK_NETWORK: "), 0U) << result.reason();
}

INSTANTIATE_TEST_SUITE_P(Sinks, UnreachableSinkTest,
                         testing::Values("orbit", "commonroom", "webhook"), name_of);

}  // namespace
}  // namespace conductor::workers
