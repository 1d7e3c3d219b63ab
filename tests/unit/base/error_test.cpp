#include <conductor/error.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <gtest/gtest.h>

namespace conductor {
namespace {

TEST(ErrorTest, StatusReadsAsTheFieldWritesIt) {
    EXPECT_EQ(make_http_error(404).message(), "HTTP 404 Not Found");
    EXPECT_EQ(make_http_error(599).message(), "HTTP 599");
}

TEST(ErrorTest, StatusesFallIntoTheirClasses) {
    for (int const status : {408, 429, 500, 502, 503, 504})
        EXPECT_EQ(make_http_error(status), condition::transient) << status;
    for (int const status : {400, 401, 403, 404, 405, 409, 422, 501})
        EXPECT_NE(make_http_error(status), condition::transient) << status;
    EXPECT_EQ(make_http_error(401), condition::unauthorized);
    EXPECT_EQ(make_http_error(403), condition::unauthorized);
    EXPECT_EQ(make_http_error(404), condition::gone);
    EXPECT_EQ(make_http_error(410), condition::gone);
    for (int const status : {404, 405, 501})
        EXPECT_EQ(make_http_error(status), condition::unsupported) << status;
}

TEST(ErrorTest, SystemErrorsAreNetworkErrorsAndPass) {
    error_code const reset = boost::asio::error::connection_reset;
    EXPECT_EQ(reset, condition::network);
    EXPECT_EQ(reset, condition::transient);
    EXPECT_EQ(error_code(errc::timed_out), condition::network);
    EXPECT_NE(error_code(errc::bad_url), condition::network);
    EXPECT_NE(make_http_error(500), condition::network);
}

TEST(ErrorTest, SuccessIsInNoClass) {
    EXPECT_NE(error_code{}, condition::transient);
    EXPECT_NE(error_code{}, condition::network);
    EXPECT_NE(error_code{}, condition::unauthorized);
}

TEST(ErrorTest, MessageHoldsCodeAndDetail) {
    failure const error{errc::bad_value, "/name: is missing"};
    EXPECT_EQ(error.message(), "unexpected JSON: /name: is missing");
    EXPECT_EQ((failure{.code = errc::timed_out}).message(), "time limit exceeded");
}

TEST(ErrorTest, ValueOfAFailureThrows) {
    result<int> const failed = failure{errc::timed_out, "GET http://localhost"};
    EXPECT_THROW(failed.value(), boost::system::system_error);
}

}  // namespace
}  // namespace conductor
