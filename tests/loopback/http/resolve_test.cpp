#include "base/resolve.hpp"

#include "name_service.hpp"
#include "support/run_coroutine.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conductor::test {
namespace {

using namespace std::chrono_literals;

class ResolveTest : public testing::Test {
protected:
    result<base::endpoints> resolve(std::string host,
                                    std::chrono::steady_clock::duration limit = time_limit) {
        return run_coroutine(
            loop, base::resolve(std::move(host), 80, std::chrono::steady_clock::now() + limit));
    }

    std::vector<std::string> addresses(std::string host) {
        std::vector<std::string> texts;
        for (auto const& found : resolve(std::move(host)).value()) {
            EXPECT_EQ(found.port(), 80);
            texts.push_back(found.address().to_string());
        }
        return texts;
    }

    boost::asio::io_context loop{1};
};

using list = std::vector<std::string>;

TEST_F(ResolveTest, LiteralsNeedNoLookUp) {
    name_service::instance().hold();
    EXPECT_EQ(addresses("127.0.0.1"), list{"127.0.0.1"});
    EXPECT_EQ(addresses("fd00::1"), list{"fd00::1"});
    EXPECT_EQ(addresses("localhost"), (list{"::1", "127.0.0.1"}));
    name_service::instance().release();
}

TEST_F(ResolveTest, GivesAllAddressesInTheirOrder) {
    name_service::instance().define("three.test", {"127.0.0.3", "::1", "127.0.0.1"});
    EXPECT_EQ(addresses("three.test"), (list{"127.0.0.3", "::1", "127.0.0.1"}));
}

TEST_F(ResolveTest, AnUnknownNameIsAnError) {
    EXPECT_EQ(resolve("unknown.test").error().code, boost::asio::error::host_not_found);
}

TEST_F(ResolveTest, ASlowLookUpIsLeftBehind) {
    name_service::instance().hold();
    EXPECT_EQ(resolve("slow.test", 20ms).error().code, errc::timed_out);
    name_service::instance().release();
    EXPECT_EQ(addresses("127.0.0.1"), list{"127.0.0.1"});
}

}  // namespace
}  // namespace conductor::test
