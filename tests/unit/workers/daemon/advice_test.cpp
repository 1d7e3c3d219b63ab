#include <daemon/verify/advice.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::verify_step;

std::string_view advice(verify_step step, error_code code, bool has_key = true) {
    return daemon::advice(step, {.code = code}, has_key);
}

bool speaks_of(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

TEST(AdviceTest, AServerThatIsNotReachedIsAMatterOfItsAddress) {
    for (auto const code : {make_error_code(errc::timed_out), make_error_code(errc::proxy_refused)})
        EXPECT_TRUE(speaks_of(advice(verify_step::token, code), "CONDUCTOR_SERVER_URL"));
}

TEST(AdviceTest, AnAnswerThatNoConductorGivesIsOneToo) {
    for (auto const code :
         {make_error_code(errc::bad_response), make_http_error(404), make_http_error(405)})
        EXPECT_TRUE(speaks_of(advice(verify_step::define, code), "it ends in /api"));
}

TEST(AdviceTest, ARefusalIsOfTheKeyOrOfItsRights) {
    auto const refused = make_http_error(401);
    EXPECT_TRUE(speaks_of(advice(verify_step::token, refused, false), "set CONDUCTOR_AUTH_KEY"));
    EXPECT_TRUE(speaks_of(advice(verify_step::token, refused), "neither paused nor deleted"));
    EXPECT_TRUE(speaks_of(advice(verify_step::define, make_http_error(403)), "definitions"));
    EXPECT_TRUE(speaks_of(advice(verify_step::run, make_http_error(403)), "poll tasks"));
    EXPECT_TRUE(speaks_of(advice(verify_step::schedule, make_http_error(403)), "schedules"));
    EXPECT_TRUE(speaks_of(advice(verify_step::clean_up, make_http_error(403)), "rights"));
}

TEST(AdviceTest, ARunThatDoesNotEndIsAMatterOfItsQueue) {
    failure const ours{errc::timed_out, std::string{daemon::not_handed_out}};
    EXPECT_TRUE(speaks_of(daemon::advice(verify_step::run, ours, true), "queues"));
    EXPECT_TRUE(speaks_of(advice(verify_step::run, errc::timed_out), "CONDUCTOR_SERVER_URL"));
}

TEST(AdviceTest, TheRestIsTheServers) {
    EXPECT_TRUE(speaks_of(advice(verify_step::run, make_http_error(429)), "throttled"));
    EXPECT_TRUE(speaks_of(advice(verify_step::schedule, make_http_error(404)), "scheduler"));
    EXPECT_TRUE(speaks_of(advice(verify_step::token, make_http_error(502)), "trouble"));
}

}  // namespace
}  // namespace conductor::test
