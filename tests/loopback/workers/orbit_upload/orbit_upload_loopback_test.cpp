#include <orbit_upload/orbit_upload.hpp>

#include "sink_case.hpp"

#include <fakes/fake_http_server.hpp>
#include <support/leaping_clock.hpp>
#include <support/run_coroutine.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <utility>
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
using std::chrono::seconds;
using test::key;

constexpr auto created = R"({"data": {"id": "1", "type": "custom_activity"}, "included": []})";
// Stores each key once, as Orbit did.
class orbit_store {
public:
    http_answer answer(http_request const& request) {
        auto const body = json::parse(request.body);
        auto const stored = std::string{body.at("activity").at("key").as_string()};
        if (!keys_.insert(stored).second)
            return {.status = 422, .body = R"({"errors": {"key": ["has already been taken"]}})"};
        return {.status = 201, .body = created};
    }

private:
    std::set<std::string> keys_;
};

// The worker as the daemon makes it, against a real socket.
struct OrbitUploadLoopbackTest : testing::Test {
    orbit_store store;
    fake_http_server server{[this](http_request const& request) { return store.answer(request); }};
    asio::io_context loop;
    std::shared_ptr<http::client> client = std::make_shared<http::client>(loop.get_executor());
    std::shared_ptr<leaping_clock> clock = std::make_shared<leaping_clock>();
    std::vector<task_log> logs;

    orbit_upload_options options() {
        auto const source = std::make_shared<secret_source>();
        source->add("orbit", [] { return result<secret>{secret{std::string{key}}}; });
        orbit_upload_options options;
        options.default_sink = "orbit";
        options.sinks["orbit"] = {
            .base = server.url("/api/v1"),
            .secrets = {.source = source, .allowed = {"orbit"}, .default_secret = "orbit"}};
        return options;
    }

    static json::object input(int activities) {
        json::array list;
        for (int index = 0; index != activities; ++index) {
            auto const number = std::to_string(index);
            list.push_back({
                {"occurred_at", "2024-05-01T10:00:00Z"},
                {"title", "starred"},
                {"key", "github:star:7:" + number},
                {"member", {{"github", "user" + number}}},
                {"identity", {{"source", "github"}, {"uid", number}}},
            });
        }
        return {{"orbit_workspace", "oss stats"}, {"activities", std::move(list)}};
    }

    task_result upload(json::object const& input, json::object const& previous = {}) {
        environment environment;
        environment.clock = clock;
        auto const worker = make_orbit_upload(options(), client, environment);
        task const task{json::object{{"inputData", input}, {"outputData", previous}}};
        task_context context{task, {}, std::nullopt, clock};
        auto result = run_coroutine(loop, std::get<coroutine_handler>(worker.run)(task, context));
        logs = context.take_logs();
        return result;
    }

    // All that leaves the worker besides the requests.
    std::string everything_told(task_result const& result) const {
        auto told = result.reason() + json::serialize(result.output());
        for (auto const& line : logs) told += line.text;
        return told;
    }
};

TEST_F(OrbitUploadLoopbackTest, PostsWrappedActivitiesWithTheKey) {
    auto const result = upload(input(2));

    EXPECT_EQ(result.status(), task_status::completed) << result.reason();
    EXPECT_EQ(result.output().at("posted"), 2);
    auto const requests = server.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0].method, "POST");
    EXPECT_EQ(requests[0].target, "/api/v1/oss%20stats/activities");
    EXPECT_EQ(requests[0].headers.find("Authorization"), "Bearer " + std::string{key});
    EXPECT_EQ(requests[0].headers.find("Content-Type"), "application/json");
    EXPECT_EQ(json::parse(requests[0].body), json::parse(R"({
        "activity": {"occurred_at": "2024-05-01T10:00:00Z", "title": "starred",
                     "key": "github:star:7:0", "member": {"github": "user0"}},
        "identity": {"source": "github", "uid": "0"}})"));
    EXPECT_EQ(everything_told(result).find(key), std::string::npos);
}

TEST_F(OrbitUploadLoopbackTest, PostsTheActivityAsItIsWhenAskedForTheFlatShape) {
    server.answer_next({.status = 201, .body = created});
    auto flat = input(1);
    flat["body_shape"] = "flat";

    upload(flat);

    EXPECT_EQ(json::parse(server.requests().at(0).body), flat.at("activities").at(0));
}

TEST_F(OrbitUploadLoopbackTest, ALiteralKeyReplacesTheSinks) {
    auto literal = input(1);
    literal["orbit_api_key"] = "literal";

    upload(literal);

    EXPECT_EQ(server.requests().at(0).headers.find("Authorization"), "Bearer literal");
}

TEST_F(OrbitUploadLoopbackTest, ASecondRunPostsNothingTwice) {
    upload(input(3));

    auto const again = upload(input(3));

    EXPECT_EQ(again.status(), task_status::completed);
    EXPECT_EQ(again.output().at("posted"), 0);
    EXPECT_EQ(again.output().at("duplicates"), 3);
}

TEST_F(OrbitUploadLoopbackTest, GoesOnAfterALimit) {
    server.answer_next({.status = 201, .body = created});
    server.answer_next({.status = 429, .body = "Retry later\n", .headers = {{"Retry-After", "9"}}});

    auto const first = upload(input(3));
    ASSERT_EQ(first.status(), task_status::in_progress);
    EXPECT_EQ(first.delay(), seconds{9});
    EXPECT_EQ(first.output().at("next_index"), 1);
    auto const second = upload(input(3), first.output());

    EXPECT_EQ(second.status(), task_status::completed);
    EXPECT_EQ(second.output().at("posted"), 3);
    EXPECT_EQ(second.output().at("requests"), 4);
    EXPECT_EQ(server.requests().size(), 4U);
}

TEST_F(OrbitUploadLoopbackTest, ReadsARetryAfterThatIsADate) {
    server.answer_next(
        {.status = 429, .headers = {{"Retry-After", "Thu, 01 Jan 2026 00:00:42 GMT"}}});

    EXPECT_EQ(upload(input(1)).delay(), seconds{42});
}

TEST_F(OrbitUploadLoopbackTest, AKeptConnectionThatTheServerClosedIsNoFailure) {
    upload(input(1));
    server.close_before_reading();

    auto const result = upload(input(2));

    EXPECT_EQ(result.status(), task_status::completed) << result.reason();
    EXPECT_EQ(result.output().at("duplicates"), 1);
}

struct ending_case {
    std::string name;
    http_answer answer;
    task_status status;
    std::string code;
};

void PrintTo(ending_case const& one, std::ostream* out) { *out << one.name; }

struct OrbitUploadEndingTest : OrbitUploadLoopbackTest, testing::WithParamInterface<ending_case> {};

TEST_P(OrbitUploadEndingTest, EndsTheTaskWithItsCodeAndItsProgress) {
    server.answer_next({.status = 201, .body = created});
    server.answer_next(GetParam().answer);

    auto const result = upload(input(3));

    EXPECT_EQ(result.status(), GetParam().status) << result.reason();
    EXPECT_EQ(result.reason().find(GetParam().code + ": "), 0U) << result.reason();
    EXPECT_EQ(result.output().at("error").at("code").as_string(), GetParam().code);
    EXPECT_EQ(result.output().at("posted"), 1);
    EXPECT_EQ(result.output().at("next_index"), 1);
    EXPECT_EQ(server.requests().size(), 2U);
    EXPECT_EQ(everything_told(result).find(key), std::string::npos) << result.reason();
}

http_answer page(int status) {
    return {.status = status,
            .body = "<html>for sale</html>",
            .headers = {{"Content-Type", "text/html"}}};
}

auto const repeated_key = R"({"errors": {"base": ["no key )" + std::string{key} + R"("]}})";

INSTANTIATE_TEST_SUITE_P(
    Answers, OrbitUploadEndingTest,
    testing::Values(
        ending_case{"Unauthorized",
                    {.status = 401, .body = R"({"error": "Unauthorized"})"},
                    task_status::failed_with_terminal_error,
                    "SINK_BAD_CREDENTIALS"},
        ending_case{"Forbidden",
                    {.status = 403},
                    task_status::failed_with_terminal_error,
                    "SINK_BAD_CREDENTIALS"},
        ending_case{"NoWorkspace",
                    {.status = 404, .body = R"({"error": "Not found"})"},
                    task_status::failed_with_terminal_error,
                    "SINK_NOT_FOUND"},
        ending_case{"Gone", {.status = 410}, task_status::failed_with_terminal_error, "SINK_GONE"},
        ending_case{"ParkedDomain", page(200), task_status::failed_with_terminal_error,
                    "SINK_GONE"},
        ending_case{"InvalidActivityThatRepeatsTheKey",
                    {.status = 422, .body = repeated_key},
                    task_status::failed_with_terminal_error,
                    "SINK_REJECTED"},
        ending_case{
            "Broken", {.status = 503, .body = "busy"}, task_status::failed, "SINK_UPSTREAM"},
        ending_case{"NotJson", {.status = 201, .body = "{"}, task_status::failed, "SINK_UPSTREAM"},
        ending_case{"NotHttp",
                    {.raw = "220 mail.example ESMTP\r\n\r\n"},
                    task_status::failed,
                    "SINK_UPSTREAM"},
        ending_case{"WaitBeyondTheCap",
                    {.status = 429, .headers = {{"Retry-After", "3601"}}},
                    task_status::failed,
                    "SINK_RATE_LIMITED"}),
    [](auto const& one) { return one.param.name; });

TEST_F(OrbitUploadLoopbackTest, ASinkThatCannotBeReachedFailsTheTask) {
    server.go_down();

    auto const result = upload(input(1));

    EXPECT_EQ(result.status(), task_status::failed);
    EXPECT_EQ(result.reason().find("SINK_NETWORK: "), 0U) << result.reason();
    EXPECT_EQ(everything_told(result).find(key), std::string::npos);
}

TEST_F(OrbitUploadLoopbackTest, TheKeyDoesNotFollowARedirect) {
    fake_http_server elsewhere{[](http_request const&) { return http_answer{}; }};
    for (int const status : {301, 302, 303, 307, 308}) {
        server.answer_next({.status = status, .headers = {{"Location", elsewhere.url("/")}}});

        auto const result = upload(input(1));

        EXPECT_EQ(result.status(), task_status::failed_with_terminal_error) << status;
        EXPECT_EQ(result.output().at("error").at("code"), "SINK_REDIRECT") << status;
    }
    EXPECT_EQ(elsewhere.connections(), 0U);
}

TEST_F(OrbitUploadLoopbackTest, ADryRunConnectsToNobody) {
    auto dry = input(3);
    dry["dry_run"] = true;

    auto const result = upload(dry);

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(server.connections(), 0U);
}

}  // namespace
}  // namespace conductor::workers
