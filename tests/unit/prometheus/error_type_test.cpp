#include <conductor/detail/error_type.hpp>

#include <gtest/gtest.h>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

namespace conductor::detail {
namespace {

TEST(ErrorTypeTest, OurOwnErrorsHaveTheirNames) {
    EXPECT_EQ(error_type(errc::timed_out), "timed_out");
    EXPECT_EQ(error_type(errc::unauthorized), "unauthorized");
    EXPECT_EQ(error_type(error_code{999, error_category()}), "other");
}

TEST(ErrorTypeTest, AStatusIsNamedByItsNumber) {
    EXPECT_EQ(error_type(make_http_error(503)), "http_503");
    EXPECT_EQ(error_type(make_http_error(404)), "http_404");
    EXPECT_EQ(error_type(make_http_error(999)), "http_other");
}

TEST(ErrorTypeTest, TheSystemsCommonErrorsHaveNames) {
    EXPECT_EQ(error_type(boost::asio::error::connection_refused), "connection_refused");
    EXPECT_EQ(error_type(boost::asio::error::connection_reset), "connection_reset");
    EXPECT_EQ(error_type(boost::asio::error::host_unreachable), "host_unreachable");
    EXPECT_EQ(error_type(make_error_code(boost::system::errc::no_space_on_device)),
              "no_space_on_device");
    EXPECT_EQ(error_type(make_error_code(boost::system::errc::not_a_directory)), "system");
}

TEST(ErrorTypeTest, OthersAreNamedByTheirFamily) {
    EXPECT_EQ(error_type(boost::asio::error::host_not_found), "name_resolution");
    EXPECT_EQ(error_type(boost::asio::error::eof), "asio.misc");
    EXPECT_EQ(error_type(error_code{167772294, boost::asio::error::get_ssl_category()}), "tls");
}

}  // namespace
}  // namespace conductor::detail
