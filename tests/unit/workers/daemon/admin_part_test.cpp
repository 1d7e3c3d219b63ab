#include "config_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

class AdminPartTest : public testing::Test {
protected:
    AdminPartTest() {
        around.secrets["env:ADMIN"] = "sixteen-letters!";
        around.secrets["env:SHORT"] = "fifteen-letters";
    }

    static std::string file(std::string const& admin) {
        return "workers: { star_filter: }\nadmin: { " + admin + " }\n";
    }
    std::vector<std::string> faults(std::string const& admin) const {
        return around.faults(file(admin));
    }

    config_case around;
};

TEST_F(AdminPartTest, ThePageIsOffUnlessItIsAskedFor) {
    auto const parsed = around.parse(file("listen: none"));
    EXPECT_FALSE(parsed.values.control.listen);
    EXPECT_FALSE(parsed.values.control.token);
    EXPECT_EQ(effective(parsed, "admin.control_listen"), "none (default)");
    EXPECT_EQ(effective(parsed, "admin.token"), "(none) (default)");
    EXPECT_EQ(effective(parsed, "admin.hosts"), "(none) (default)");
}

TEST_F(AdminPartTest, ReadsItsKeysAndShowsNoSecret) {
    auto const parsed = around.parse(
        file("control_listen: \"0.0.0.0:9992\", token: env:ADMIN, hosts: [Workers.example]"));
    EXPECT_EQ(faults("control_listen: \"0.0.0.0:9992\", token: env:ADMIN"),
              std::vector<std::string>{});
    EXPECT_EQ(parsed.values.control.listen, (daemon::listen_address{"0.0.0.0", 9992}));
    ASSERT_TRUE(parsed.values.control.token);
    EXPECT_EQ(parsed.values.control.token->read()->reveal(), "sixteen-letters!");
    EXPECT_EQ(parsed.values.control.hosts, std::vector<std::string>{"workers.example"});
    EXPECT_EQ(effective(parsed, "admin.control_listen"), "0.0.0.0:9992 (w.yaml:2)");
    EXPECT_EQ(effective(parsed, "admin.token"), "set, from env:ADMIN (w.yaml:2)");
    EXPECT_EQ(effective(parsed, "admin.hosts"), "workers.example (w.yaml:2)");
}

TEST_F(AdminPartTest, OnLoopbackItNeedsNoToken) {
    EXPECT_EQ(faults("control_listen: 127.0.0.1:9992"), std::vector<std::string>{});
    EXPECT_EQ(faults("control_listen: \"[::1]:0\""), std::vector<std::string>{});
}

TEST_F(AdminPartTest, WhereOthersReachItItNeedsOne) {
    for (auto const* const address : {"0.0.0.0:9992", "[::]:9992", "10.0.0.1:9992"}) {
        auto const found = faults("control_listen: \"" + std::string{address} + "\"");
        ASSERT_EQ(found.size(), 1U) << address;
        EXPECT_EQ(found[0],
                  "w.yaml:2:26: admin.control_listen: can be reached from other machines; set "
                  "admin.token too, or listen on 127.0.0.1 or [::1]");
    }
}

TEST_F(AdminPartTest, ComplainsOfATokenThatIsNone) {
    auto const starts = [&](std::string const& token, std::string const& text) {
        auto const found = faults("control_listen: \"0.0.0.0:1\", token: " + token);
        return found.size() == 1 && found[0].find("admin.token: " + text) != std::string::npos;
    };
    EXPECT_TRUE(starts("letters-of-the-token-itself", "a secret does not stand in this file"));
    EXPECT_TRUE(starts("env:GONE", "env:GONE is not there"));
    EXPECT_TRUE(starts("env:SHORT", "env:SHORT is too short to be safe; take at least 16"));
}

TEST_F(AdminPartTest, ComplainsOfAddressesAndNamesThatAreNone) {
    EXPECT_EQ(faults("control_listen: localhost:1").size(), 1U);
    for (auto const* const host : {"\"http://a\"", "\"a:80\"", "\"a/b\"", "\"\"", "\"*\""})
        EXPECT_EQ(faults("hosts: [" + std::string{host} + "]"),
                  std::vector<std::string>{"w.yaml:2:18: admin.hosts: an entry is a host's name, "
                                           "without scheme, port and path"})
            << host;
}

}  // namespace
}  // namespace conductor::test
