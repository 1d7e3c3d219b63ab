#include <orbit_upload/orbit_answer.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>
#include <string>

namespace conductor::workers {

void PrintTo(delivery_outcome outcome, std::ostream* out) { *out << static_cast<int>(outcome); }

namespace {

instant const orbit_time = *parse_instant("1994-11-06T08:49:00Z");

http::response answer(int status, std::string body, http::headers headers = {}) {
    return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

struct answer_case {
    std::string name;
    int status;
    std::string body;
    delivery_outcome outcome;
    std::string_view code = {};
    std::string type = "application/json";
};

void PrintTo(answer_case const& one, std::ostream* out) { *out << one.name; }

class OrbitAnswerTest : public testing::TestWithParam<answer_case> {};

TEST_P(OrbitAnswerTest, MeansWhatOrbitMeantByIt) {
    auto const& given = GetParam();
    auto const report = read_orbit_answer(
        answer(given.status, given.body, {{"content-type", given.type}}), orbit_time);

    EXPECT_EQ(report.outcome, given.outcome);
    EXPECT_EQ(report.why.code.text, given.code);
}

constexpr auto taken_key = R"({"errors": {"key": ["has already been taken"]}})";
constexpr auto taken_key_as_text = R"({"errors": {"key": "has already been taken"}})";
constexpr auto long_key = R"({"errors": {"key": ["is too long"]
}
})";
constexpr auto no_key = R"({"errors": {"key": []}})";
constexpr auto no_title = R"({"errors": {"custom_title": ["can't be blank"]}})";
constexpr auto page = "<!doctype html><title>This domain is for sale</title>";

INSTANTIATE_TEST_SUITE_P(
    Answers, OrbitAnswerTest,
    testing::Values(
        answer_case{"Created", 201, R"({"data": {"id": "1"}})", delivery_outcome::created},
        answer_case{"Updated", 200, R"({"data": {"id": "1"}})", delivery_outcome::accepted},
        answer_case{"Later", 202, "", delivery_outcome::accepted},
        answer_case{"Silent", 204, "", delivery_outcome::accepted},
        answer_case{"NullErrors", 201, R"({"errors": null})", delivery_outcome::created},
        answer_case{"DuplicateKey", 422, taken_key, delivery_outcome::duplicate},
        answer_case{"DuplicateKeyByConflict", 409, taken_key, delivery_outcome::duplicate},
        answer_case{"DuplicateKeyWith200", 200, taken_key, delivery_outcome::duplicate},
        answer_case{"DuplicateKeyAsText", 422, taken_key_as_text, delivery_outcome::duplicate},
        answer_case{"RefusedKey", 422, long_key, delivery_outcome::rejected, "SINK_REJECTED"},
        answer_case{"RefusedKeyWith200", 200, long_key, delivery_outcome::rejected,
                    "SINK_REJECTED"},
        answer_case{"KeyWithoutAReason", 422, no_key, delivery_outcome::rejected, "SINK_REJECTED"},
        answer_case{"Invalid", 422, no_title, delivery_outcome::rejected, "SINK_REJECTED"},
        answer_case{"InvalidAsText", 422, R"({"errors": "no key"})", delivery_outcome::rejected,
                    "SINK_REJECTED"},
        answer_case{"BadRequest", 400, R"({"error": "Bad Request"})", delivery_outcome::rejected,
                    "SINK_REJECTED"},
        answer_case{"InvalidWith200", 200, no_title, delivery_outcome::rejected, "SINK_REJECTED"},
        answer_case{"NotJson", 201, R"({"data": )", delivery_outcome::failed, "SINK_UPSTREAM"},
        answer_case{"JsonButNoObject", 200, "[]", delivery_outcome::failed, "SINK_UPSTREAM"},
        answer_case{"Unauthorized", 401, R"({"error": "Unauthorized"})", delivery_outcome::failed,
                    "SINK_BAD_CREDENTIALS"},
        answer_case{"Forbidden", 403, "", delivery_outcome::failed, "SINK_BAD_CREDENTIALS"},
        answer_case{"NoWorkspace", 404, R"({"error": "Not found"})", delivery_outcome::failed,
                    "SINK_NOT_FOUND"},
        answer_case{"Gone", 410, R"({"error": "Gone"})", delivery_outcome::failed, "SINK_GONE"},
        answer_case{"ParkedDomain", 200, page, delivery_outcome::failed, "SINK_GONE",
                    "text/html; charset=utf-8"},
        answer_case{"PageWithoutAType", 200, page, delivery_outcome::failed, "SINK_GONE", ""},
        answer_case{"PageInCapitals", 200, "hello", delivery_outcome::failed, "SINK_GONE",
                    "Text/HTML"},
        answer_case{"PageNotFound", 404, page, delivery_outcome::failed, "SINK_GONE", "text/html"},
        answer_case{"PageThatTakesNoPost", 405, page, delivery_outcome::failed, "SINK_GONE",
                    "text/html"},
        answer_case{"Moved", 301, page, delivery_outcome::failed, "SINK_REDIRECT", "text/html"},
        answer_case{"MovedForNow", 307, "", delivery_outcome::failed, "SINK_REDIRECT"},
        answer_case{"Broken", 500, "{}", delivery_outcome::failed, "SINK_UPSTREAM"},
        answer_case{"PageOfAProxy", 502, page, delivery_outcome::failed, "SINK_UPSTREAM",
                    "text/html"},
        answer_case{"TooSlow", 408, "", delivery_outcome::failed, "SINK_UPSTREAM"},
        answer_case{"DuplicateKeyOfABrokenServer", 500, taken_key, delivery_outcome::failed,
                    "SINK_UPSTREAM"},
        answer_case{"Limited", 429, "Retry later\n", delivery_outcome::limited, "SINK_RATE_LIMITED",
                    "text/plain"},
        answer_case{"LimitedByAPage", 429, page, delivery_outcome::limited, "SINK_RATE_LIMITED",
                    "text/html"}),
    [](auto const& one) { return one.param.name; });

TEST(OrbitAnswerTest, KeepsTheReasonsOfARejection) {
    auto const report = read_orbit_answer(answer(422, no_title), orbit_time);

    EXPECT_EQ(report.errors, boost::json::parse(R"({"custom_title": ["can't be blank"]})"));
    EXPECT_EQ(report.why.http_status, 422);
}

TEST(OrbitAnswerTest, ReadsBothFormsOfRetryAfter) {
    auto const seconds = read_orbit_answer(answer(429, "", {{"Retry-After", "17"}}), orbit_time);
    auto const date = read_orbit_answer(
        answer(429, "", {{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}), orbit_time);
    auto const none = read_orbit_answer(answer(429, ""), orbit_time);

    EXPECT_EQ(seconds.retry_after, std::chrono::seconds{17});
    EXPECT_EQ(date.retry_after, std::chrono::seconds{37});
    EXPECT_EQ(none.retry_after, std::nullopt);
}

}  // namespace
}  // namespace conductor::workers
