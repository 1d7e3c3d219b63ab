#include "base/local_address.hpp"

#include <gtest/gtest.h>

namespace conductor::base {
namespace {

bool is_local_text(char const* text) { return is_local(boost::asio::ip::make_address(text)); }

TEST(LocalAddressTest, KnowsThisMachineAndItsLink) {
    for (auto const* const text :
         {"127.0.0.1", "127.255.0.3", "169.254.169.254", "0.0.0.0", "0.1.2.3", "224.0.0.1",
          "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%1", "febf::1", "ff02::1"})
        EXPECT_TRUE(is_local_text(text)) << text;
}

TEST(LocalAddressTest, SeesAnAddressInsideOfAnother) {
    for (auto const* const text : {"::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
                                   "2002:7f00:1::", "2002:a9fe:a9fe::1", "64:ff9b::127.0.0.1",
                                   "64:ff9b::a9fe:a9fe", "::ffff:0.0.0.0"})
        EXPECT_TRUE(is_local_text(text)) << text;
}

TEST(LocalAddressTest, OtherNetworksAreNone) {
    for (auto const* const text : {"10.0.0.1", "192.168.1.1", "172.16.0.1", "140.82.121.4",
                                   "169.253.0.1", "128.0.0.1", "fd00::1", "2606:50c0:8000::153",
                                   "::ffff:10.0.0.1", "64:ff9b::8c52:7904", "2002:8c52:7904::1"})
        EXPECT_FALSE(is_local_text(text)) << text;
}

TEST(LocalAddressTest, OnlyOneSpellingIsWrittenOut) {
    for (auto const* const host : {"127.0.0.1", "::1", "10.0.0.1", "localhost"})
        EXPECT_TRUE(is_written_out(host)) << host;
    for (auto const* const host : {"127.1", "0x7f000001", "2130706433", "x.localhost", "a.test"})
        EXPECT_FALSE(is_written_out(host)) << host;
}

}  // namespace
}  // namespace conductor::base
