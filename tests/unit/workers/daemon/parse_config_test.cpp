#include "config_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using testing::Test;

constexpr char whole[] = R"(server:
  url: http://conductor:8080/api/
  auth: { key: env:KEY, secret: credential:conductor_secret }
  tls: { ca_file: /ca.pem, cert_file: /cert.pem, key_file: /key.pem }
secrets:
  github: env:GITHUB_TOKEN
  orbit:  env:ORBIT_API_KEY
workers:
  github_fetch:
    slots: 5
    api_base: https://github.example/api/v3
    allowed_hosts: [a.example:8443]
    secrets: [github]
    default_secret: github
  star_filter:  { slots: 3, domain: stars, poll_interval_ms: 250, poll_timeout_ms: 2000 }
  orbit_upload:
    slots: 6
    default_sink: orbit
    sinks:
      orbit: { type: orbit, base: http://127.0.0.1:9002/api/v1, secret: orbit }
      other: { type: orbit, base: http://127.0.0.1:9003/api/v1 }
admin: { listen: "[::1]:9000" }
state_dir: /var/lib/workerd
log: { level: warn, format: json }
shutdown: { grace_seconds: 40 }
)";

config_case whole_case() {
    config_case around;
    around.secrets["env:KEY"] = "the-key";
    around.secrets["credential:conductor_secret"] = "the-secret";
    around.files = {"/ca.pem", "/cert.pem", "/key.pem"};
    return around;
}

TEST(ParseConfigTest, ReadsEveryKey) {
    auto const parsed = whole_case().parse(whole);
    ASSERT_EQ(whole_case().faults(whole), std::vector<std::string>{});
    auto const& values = parsed.values;
    EXPECT_EQ(values.server.server_url, "http://conductor:8080/api");
    EXPECT_EQ(values.server.auth_key, "the-key");
    EXPECT_EQ(values.server.auth_secret, "the-secret");
    EXPECT_EQ(values.server.http.tls, (http::tls_options{"/ca.pem", "/cert.pem", "/key.pem"}));
    ASSERT_TRUE(values.github_fetch && values.star_filter && values.orbit_upload);
    EXPECT_EQ(values.github_fetch->options.slots, 5U);
    EXPECT_EQ(values.github_fetch->api_base, "https://github.example/api/v3");
    EXPECT_EQ(values.github_fetch->allowed_hosts, std::vector<std::string>{"a.example:8443"});
    EXPECT_EQ(values.github_fetch->secrets, std::vector<std::string>{"github"});
    EXPECT_EQ(values.github_fetch->default_secret, "github");
    EXPECT_EQ(values.star_filter->options,
              (worker_options{3, "stars", std::chrono::milliseconds{250},
                              std::chrono::milliseconds{2000}}));
    EXPECT_EQ(values.orbit_upload->options.slots, 6U);
    EXPECT_EQ(values.orbit_upload->default_sink, "orbit");
    EXPECT_EQ(values.orbit_upload->sinks.at("orbit").base, "http://127.0.0.1:9002/api/v1");
    EXPECT_EQ(values.orbit_upload->sinks.at("orbit").secret, "orbit");
    EXPECT_EQ(values.orbit_upload->sinks.at("other").secret, "");
    EXPECT_EQ(values.admin, (daemon::listen_address{"::1", 9000}));
    EXPECT_EQ(values.state_dir, "/var/lib/workerd");
    EXPECT_EQ(values.log_level, daemon::log_level::warn);
    EXPECT_EQ(values.log_format, daemon::log_format::json);
    EXPECT_EQ(values.grace, std::chrono::seconds{40});
}

TEST(ParseConfigTest, NoSecretStandsAmongTheEffectiveValues) {
    for (auto const& one : whole_case().parse(whole).effective)
        for (std::string const secret : {"the-key", "the-secret", "ghp_abc", "obw_abc"})
            EXPECT_EQ(one.value.find(secret), std::string::npos) << one.path;
}

TEST(ParseConfigTest, NamesTheOriginOfEachValue) {
    auto around = whole_case();
    around.variables["STATE_DIRECTORY"] = "/run/state:/run/other";
    auto const parsed = around.parse("workers: { star_filter: }\nlog:\n  level: debug\n");
    EXPECT_EQ(effective(parsed, "log.level"), "debug (w.yaml:3)");
    EXPECT_EQ(effective(parsed, "log.format"), "text (default)");
    EXPECT_EQ(effective(parsed, "state_dir"), "/run/state (environment STATE_DIRECTORY)");
    EXPECT_EQ(effective(parsed, "shutdown.grace_seconds"), "25 seconds (default)");
    EXPECT_EQ(effective(parsed, "admin.listen"), "127.0.0.1:9991 (default)");
    EXPECT_EQ(effective(parsed, "workers.star_filter.slots"), "2 (default)");
}

TEST(ParseConfigTest, ListenNoneMeansNoHealthEndpoints) {
    auto const parsed = config_case{}.parse("workers: { star_filter: }\nadmin: { listen: none }\n");
    EXPECT_TRUE(parsed.faults.empty());
    EXPECT_FALSE(parsed.values.admin);
}

TEST(ParseConfigTest, QueuesAreLookedAtWhereThatIsAskedFor) {
    EXPECT_EQ(config_case{}.parse("workers: { star_filter: }\n").values.queue_depths_every,
              std::chrono::seconds{0});
    auto const parsed =
        config_case{}.parse("workers: { star_filter: }\nadmin: { queue_depth_seconds: 15 }\n");
    EXPECT_EQ(parsed.values.queue_depths_every, std::chrono::seconds{15});
    EXPECT_EQ(effective(parsed, "admin.queue_depth_seconds"), "15 seconds (w.yaml:2)");
}

TEST(ParseConfigTest, ReportsAllFaultsAtOnceInTheOrderOfTheFile) {
    auto const faults = config_case{}.faults(R"(log: { level: loud }
shutdown: { grace_seconds: soon }
workers:
  star_filter: { slots: 0 }
  star_filer: {}
)");
    EXPECT_EQ(faults,
              (std::vector<std::string>{
                  "w.yaml:1:15: log.level: \"loud\" is not possible; write one of: debug, info, "
                  "warn, error",
                  "w.yaml:2:28: shutdown.grace_seconds: \"soon\" is not a whole number; write 0 to "
                  "3600 seconds",
                  "w.yaml:4:25: workers.star_filter.slots: 0 is out of range; write 1 to 1000",
                  "w.yaml:5:3: workers.star_filer: unknown key; did you mean \"star_filter\"?"}));
}

struct bad_text {
    std::string name;
    std::string text;
    std::string fault;
};

void PrintTo(bad_text const& one, std::ostream* out) { *out << one.name; }

class ParseConfigFaultTest : public testing::TestWithParam<bad_text> {};

TEST_P(ParseConfigFaultTest, IsReportedWithItsPlace) {
    auto const faults = config_case{}.faults(GetParam().text);
    ASSERT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
    EXPECT_TRUE(faults.front().starts_with(GetParam().fault)) << faults.front();
}

std::string with_worker(std::string const& more) { return "workers: { star_filter: }\n" + more; }

INSTANTIATE_TEST_SUITE_P(
    All, ParseConfigFaultTest,
    testing::Values(
        bad_text{"Empty", "", "w.yaml:1:1: workers: names no worker"},
        bad_text{"OnlyComments", "# nothing\n", "w.yaml:1:1: workers: names no worker"},
        bad_text{"NotAMapping", "- a\n- b\n", "w.yaml:1:1: expected a mapping"},
        bad_text{"NotYaml", "workers: { star_filter: \nlog: [", "w.yaml:2:"},
        bad_text{"TabIndent", "workers:\n\tstar_filter:\n",
                 "w.yaml:2:13: is not YAML: illegal map value; the line begins with a tab"},
        bad_text{"DocumentsWithoutEnd", ",server!:\nworkers:\n s3", "w.yaml:1:1: holds several"},
        bad_text{"SeveralDocuments", "a: 1\n---\nb: 1\n", "w.yaml:1:1: holds several documents"},
        bad_text{"UnknownKeyAtTop", with_worker("metrics: {}\n"),
                 "w.yaml:2:1: metrics: unknown key; allowed here: server"},
        bad_text{"KeyTwice", with_worker("log: {}\nlog: {}\n"),
                 "w.yaml:3:1: log: stands here a second time (first in line 2)"},
        bad_text{"ListForMapping", with_worker("log: [info]\n"),
                 "w.yaml:2:6: log: expected a mapping"},
        bad_text{"MappingForText", with_worker("state_dir: { a: b }\n"),
                 "w.yaml:2:12: state_dir: expected one value, not a mapping"},
        bad_text{"RelativeStateDir", with_worker("state_dir: here\n"),
                 "w.yaml:2:12: state_dir: must be an absolute path"},
        bad_text{"ListenWithoutPort", with_worker("admin: { listen: 127.0.0.1 }\n"),
                 "w.yaml:2:18: admin.listen: \"127.0.0.1\" is no address to listen on"},
        bad_text{"ListenByName", with_worker("admin: { listen: localhost:80 }\n"),
                 "w.yaml:2:18: admin.listen: \"localhost:80\" is no address to listen on"},
        bad_text{"GraceTooLong", with_worker("shutdown: { grace_seconds: 3601 }\n"),
                 "w.yaml:2:28: shutdown.grace_seconds: 3601 is out of range"},
        bad_text{"GraceNotWhole", with_worker("shutdown: { grace_seconds: 1.5 }\n"),
                 "w.yaml:2:28: shutdown.grace_seconds: \"1.5\" is not a whole number"}),
    [](auto const& one) { return one.param.name; });

TEST(ParseConfigTest, ATextWithControlCharactersStaysOneLine) {
    auto const faults = config_case{}.faults(with_worker("\"a\\n\\e[31mb\": 1\n"));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().find_first_of("\n\x1b"), std::string::npos);
}

TEST(ParseConfigTest, RefusesAFileThatIsTooLarge) {
    auto const faults = config_case{}.faults(std::string(1024 * 1024 + 1, '#'));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_TRUE(faults.front().starts_with("w.yaml:1:1: is larger")) << faults.front();
}

TEST(ParseConfigTest, EveryCutOfAConfigurationIsReadWithoutHarm) {
    std::string const text = whole;
    auto const around = whole_case();
    for (std::size_t length = 0; length < text.size(); ++length) {
        auto const parsed = around.parse(text.substr(0, length));
        for (auto const& one : parsed.faults) EXPECT_FALSE(one.message.empty());
    }
}

TEST(ConfigOfEnvironmentTest, ServesAllTypesAtTheServerOfTheEnvironment) {
    config_case around;
    around.variables["CONDUCTOR_SERVER_URL"] = "http://there:8080/api";
    around.server.server_url = "http://there:8080/api";
    auto const parsed = daemon::config_of_environment(around.around());
    EXPECT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.server.server_url, "http://there:8080/api");
    EXPECT_TRUE(parsed.values.github_fetch && parsed.values.star_filter &&
                parsed.values.orbit_upload);
    EXPECT_FALSE(parsed.values.admin);
}

}  // namespace
}  // namespace conductor::test
