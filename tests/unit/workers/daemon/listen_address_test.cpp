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

}  // namespace
}  // namespace conductor::test
