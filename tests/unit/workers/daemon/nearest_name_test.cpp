#include <daemon/config/nearest_name.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

std::vector<std::string> const names{"slots", "domain", "default_secret", "secrets"};

TEST(NearestNameTest, FindsWhatOneSlipAwayIs) {
    for (std::string_view const written : {"slot", "slotss", "slosts", "sLots", "sltos"})
        EXPECT_EQ(daemon::nearest_name(written, names), "slots") << written;
    EXPECT_EQ(daemon::nearest_name("secret", names), "secrets");
    EXPECT_EQ(daemon::nearest_name("default-secret", names), "default_secret");
}

TEST(NearestNameTest, DoesNotGuessWildly) {
    EXPECT_FALSE(daemon::nearest_name("timeout", names));
    EXPECT_FALSE(daemon::nearest_name("", {}));
    EXPECT_FALSE(daemon::nearest_name(std::string(100'000, 's'), names));
}

TEST(ListedTest, JoinsByCommas) {
    EXPECT_EQ(daemon::listed({"a", "b"}), "a, b");
    EXPECT_EQ(daemon::listed({}), "");
}

}  // namespace
}  // namespace conductor::test
