#include <contract/hmac_sha256.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

std::string sign(std::string key, std::string_view message) {
    return hmac_sha256_hex(secret{std::move(key)}, message);
}

// The test cases of RFC 4231.
TEST(HmacSha256Test, GivesTheDigestsOfTheStandard) {
    EXPECT_EQ(sign(std::string(20, '\x0b'), "Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(sign("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(sign(std::string(20, '\xaa'), std::string(50, '\xdd')),
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
}

TEST(HmacSha256Test, TakesAKeyLongerThanABlock) {
    EXPECT_EQ(
        sign(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256Test, AnotherKeyIsAnotherDigest) {
    EXPECT_NE(sign("a", "message"), sign("b", "message"));
    EXPECT_NE(sign("a", "message"), sign("a", "Message"));
}

}  // namespace
}  // namespace conductor::workers
