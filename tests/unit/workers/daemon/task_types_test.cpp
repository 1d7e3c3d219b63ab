#include "config_case.hpp"

#include <daemon/task_types.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

namespace conductor::test {
namespace {

std::vector<std::string> types_of(daemon::config const& settings) {
    boost::asio::io_context loop;
    auto const client = std::make_shared<http::client>(loop.get_executor());
    std::vector<std::string> out;
    for (auto const& one : daemon::make_workers(settings, client, environment::system()))
        out.push_back(one.type + ' ' + std::to_string(one.options.slots));
    return out;
}

TEST(TaskTypesTest, MakesTheWorkersThatTheConfigurationNames) {
    auto const parsed = config_case{}.parse(R"(
secrets: { github: env:GITHUB_TOKEN, orbit: env:ORBIT_API_KEY }
workers:
  github_fetch: { slots: 5, secrets: [github], default_secret: github }
  orbit_upload: { slots: 3, sinks: { o: { type: orbit, base: "http://h/api", secret: orbit } } }
)");
    ASSERT_TRUE(parsed.faults.empty());
    EXPECT_EQ(types_of(parsed.values),
              (std::vector<std::string>{"github_fetch 5", "orbit_upload 3"}));
}

TEST(TaskTypesTest, MakesSinksOfEveryType) {
    auto const parsed = config_case{}.parse(R"(
state_dir: /var/lib/workerd
secrets: { orbit: env:ORBIT_API_KEY }
workers:
  orbit_upload:
    sinks:
      orbit: { type: orbit, base: "http://h/api" }
      room: { type: commonroom, base: "http://h/community/v1", secret: orbit }
      hook: { type: webhook, base: "http://h/hook/", secret: orbit }
      lines: { type: file, path: stars.ndjson }
      local: { type: sqlite, path: /srv/community.db }
)");
    ASSERT_TRUE(parsed.faults.empty());
    EXPECT_EQ(types_of(parsed.values), std::vector<std::string>{"orbit_upload 2"});
}

TEST(TaskTypesTest, DescribesEveryTypeThatItCanMake) {
    std::vector<std::string> described;
    for (auto const& one : daemon::task_descriptions()) {
        described.emplace_back(one.name);
        EXPECT_FALSE(one.inputs.empty()) << one.name;
        EXPECT_FALSE(one.outputs.empty()) << one.name;
    }
    EXPECT_EQ(described, (std::vector<std::string>{"github_fetch", "star_filter", "orbit_upload"}));
}

TEST(TaskTypesTest, NothingMeantForTheServerGoesOutside) {
    EXPECT_EQ(daemon::outside_client_options().tls, http::tls_options{});
}

}  // namespace
}  // namespace conductor::test
