#include <daemon/config/listen_address.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::listen_address;
using daemon::parse_listen_address;

TEST(ListenAddressTest, ReadsBothFamilies) {
    EXPECT_EQ(parse_listen_address("127.0.0.1:80"), (listen_address{"127.0.0.1", 80}));
    EXPECT_EQ(parse_listen_address("0.0.0.0:0"), (listen_address{"0.0.0.0", 0}));
    EXPECT_EQ(parse_listen_address("[::]:9991"), (listen_address{"::", 9991}));
}

TEST(ListenAddressTest, RefusesEverythingElse) {
    for (std::string_view const text :
         {"", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
          "127.0.0.1:8o", "localhost:80", "::1:80", "[127.0.0.1]:80", "[::1]", "[::1:80",
          "127.0.0.1:80 "}) {
        EXPECT_FALSE(parse_listen_address(text)) << text;
    }
}

TEST(ListenAddressTest, ItsTextReadsBack) {
    for (listen_address const& one : {listen_address{"127.0.0.1", 80}, listen_address{"::1", 0}})
        EXPECT_EQ(parse_listen_address(one.text()), one) << one.text();
}

TEST(ListenAddressTest, KnowsTheAddressesOfItsOwnMachine) {
    for (auto const* const host : {"127.0.0.1", "127.8.9.1", "::1"})
        EXPECT_TRUE((daemon::listen_address{host, 1}.is_loopback())) << host;
    for (auto const* const host : {"0.0.0.0", "::", "10.0.0.1", "169.254.1.1", "::ffff:10.0.0.1"})
        EXPECT_FALSE((daemon::listen_address{host, 1}.is_loopback())) << host;
}

}  // namespace
}  // namespace conductor::test
