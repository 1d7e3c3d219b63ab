#include "config_case.hpp"

#include <support/run_coroutine.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

std::string with_server(std::string const& server) {
    return "workers: { star_filter: }\nserver:\n" + server;
}

TEST(ServerPartTest, TakesTheEnvironmentWhereTheFileIsSilent) {
    config_case around;
    around.variables = {
        {"CONDUCTOR_SERVER_URL", "x"}, {"CONDUCTOR_AUTH_KEY", "x"}, {"CONDUCTOR_AUTH_SECRET", "x"}};
    around.server.server_url = "http://env:1/api";
    around.server.auth_key = "key-of-env";
    around.server.auth_secret = "secret-of-env";
    auto const parsed = around.parse("workers: { star_filter: }\n");
    EXPECT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.server.server_url, "http://env:1/api");
    EXPECT_EQ(effective(parsed, "server.url"),
              "http://env:1/api (environment CONDUCTOR_SERVER_URL)");
    EXPECT_EQ(effective(parsed, "server.auth.key"), "set (environment CONDUCTOR_AUTH_KEY)");
}

TEST(ServerPartTest, TellsWhatTheEnvironmentAloneSets) {
    config_case around;
    around.variables = {{"CONDUCTOR_REQUEST_TIMEOUT_MS", "x"}, {"HTTPS_PROXY", "x"}};
    around.server.server_url = "https://there/api";
    around.server.request_timeout = std::chrono::milliseconds{500};
    around.server.http.proxy.https = "http://user:hunter2@proxy:3128";
    auto const parsed = around.parse("workers: { star_filter: }\n");
    EXPECT_EQ(effective(parsed, "request timeout"),
              "500 ms (environment CONDUCTOR_REQUEST_TIMEOUT_MS)");
    EXPECT_EQ(effective(parsed, "proxy"), "set (environment HTTPS_PROXY)");
    auto const bare = config_case{}.parse("workers: { star_filter: }\n");
    EXPECT_EQ(effective(bare, "request timeout"), "30000 ms (default)");
    EXPECT_EQ(effective(bare, "proxy"), "(none) (default)");
}

TEST(ServerPartTest, TheFileWinsOverTheEnvironment) {
    config_case around;
    around.variables["CONDUCTOR_SERVER_URL"] = "x";
    around.server.server_url = "http://env:1/api";
    auto const parsed = around.parse(with_server("  url: https://file/api\n"));
    EXPECT_EQ(parsed.values.server.server_url, "https://file/api");
    EXPECT_EQ(effective(parsed, "server.url"), "https://file/api (w.yaml:3)");
}

TEST(ServerPartTest, AListOfOneAddressIsThatAddress) {
    auto const parsed = config_case{}.parse(with_server("  urls: [http://one/api]\n"));
    EXPECT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.server.server_url, "http://one/api");
}

TEST(ServerPartTest, SecretsAreShownByTheirSourceAlone) {
    config_case around;
    around.secrets["env:K"] = "aaa";
    around.secrets["file:/s"] = "bbb";
    auto const parsed = around.parse(with_server("  auth: { key: env:K, secret: file:/s }\n"));
    EXPECT_EQ(effective(parsed, "server.auth.key"), "set, from env:K (w.yaml:3)");
    EXPECT_EQ(effective(parsed, "server.auth.secret"), "set, from file:/s (w.yaml:3)");
}

TEST(ServerPartTest, TakesTheAddressesOfACluster) {
    auto const parsed =
        config_case{}.parse(with_server("  urls: [http://a:1/api, http://b:2/api/]\n"));
    EXPECT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.server.server_urls,
              (std::vector<std::string>{"http://a:1/api", "http://b:2/api"}));
    EXPECT_EQ(effective(parsed, "server.urls"), "http://a:1/api, http://b:2/api (w.yaml:3)");
}

TEST(ServerPartTest, ATokenComesInPlaceOfTheEnvironmentsKey) {
    config_case around;
    around.secrets["file:/token"] = "t1";
    around.server.auth_key = "key-of-env";
    around.server.auth_secret = "secret-of-env";
    auto const parsed = around.parse(with_server("  auth: { token: file:/token }\n"));
    EXPECT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.server.auth_key, "");
    EXPECT_EQ(parsed.values.server.auth_secret, "");
    EXPECT_EQ(effective(parsed, "server.auth.token"), "set, from file:/token (w.yaml:3)");
}

TEST(ServerPartTest, ATokenIsReadAnewEachTime) {
    std::string content = "t1";
    config_case const world;
    auto around = world.around();
    around.secret = [&](std::string_view) -> result<workers::secret_reader> {
        return workers::secret_reader{
            [&]() -> result<workers::secret> { return workers::secret{content}; }};
    };
    auto const parsed =
        daemon::parse_config("w.yaml", with_server("  auth: { token: file:/t }\n"), around);
    boost::asio::io_context loop;
    EXPECT_EQ(*run_coroutine(loop, parsed.values.server.token_provider()), "t1");
    content = "t2";
    EXPECT_EQ(*run_coroutine(loop, parsed.values.server.token_provider()), "t2");
    content = "half a token";
    auto const refused = run_coroutine(loop, parsed.values.server.token_provider());
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().detail, "file:/t holds a blank or control character");
}

struct bad_server {
    std::string name;
    std::string text;
    std::string fault;
};

void PrintTo(bad_server const& one, std::ostream* out) { *out << one.name; }

class ServerPartFaultTest : public testing::TestWithParam<bad_server> {};

TEST_P(ServerPartFaultTest, IsReportedWithItsPlace) {
    auto const faults = config_case{}.faults(with_server(GetParam().text));
    ASSERT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
    EXPECT_TRUE(faults.front().starts_with(GetParam().fault)) << faults.front();
}

INSTANTIATE_TEST_SUITE_P(
    All, ServerPartFaultTest,
    testing::Values(
        bad_server{"NoScheme", "  url: localhost:8080\n",
                   "w.yaml:3:8: server.url: is no base address"},
        bad_server{"OtherScheme", "  url: ftp://localhost/api\n",
                   "w.yaml:3:8: server.url: is no base address"},
        bad_server{"Query", "  url: http://localhost/api?x=1\n",
                   "w.yaml:3:8: server.url: is no base address"},
        bad_server{"OneOfSeveralAddresses", "  urls: [http://a/api, b]\n",
                   "w.yaml:3:24: server.urls: is no base address"},
        bad_server{"TokenBesideKey", "  auth: { token: env:GITHUB_TOKEN, key: env:GITHUB_TOKEN }\n",
                   "w.yaml:3:18: server.auth.token: stands beside key and secret"},
        bad_server{"MissingToken", "  auth: { token: file:/nowhere }\n",
                   "w.yaml:3:18: server.auth.token: file:/nowhere is not there"},
        bad_server{"UrlAndUrls", "  url: http://a/api\n  urls: [http://b/api]\n",
                   "w.yaml:4:10: server.urls: stands beside url"},
        bad_server{"UrlsNoList", "  urls: http://a/api\n",
                   "w.yaml:3:9: server.urls: expected a list"},
        bad_server{"KeyWithoutSecret", "  auth: { key: env:GITHUB_TOKEN }\n",
                   "w.yaml:3:3: server.auth.secret: is missing; key and secret go together"},
        bad_server{"MissingCaFile", "  tls: { ca_file: /nowhere.pem }\n",
                   "w.yaml:3:19: server.tls.ca_file: /nowhere.pem cannot be read"},
        bad_server{"UnknownTlsKey", "  tls: { cafile: /nowhere.pem }\n",
                   "w.yaml:3:10: server.tls.cafile: unknown key; did you mean \"ca_file\"?"}),
    [](auto const& one) { return one.param.name; });

TEST(ServerPartTest, APasswordInAnAddressIsRefusedAndNotRepeated) {
    auto const faults = config_case{}.faults(with_server("  url: http://u:hunter2@host/api\n"));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().find("hunter2"), std::string::npos);
}

TEST(ServerPartTest, CertificateWithoutKeyIsAFault) {
    config_case around;
    around.files = {"/c.pem"};
    auto const faults = around.faults(with_server("  tls: { cert_file: /c.pem }\n"));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_TRUE(faults.front().starts_with("w.yaml:3:3: server.tls.key_file: is missing"))
        << faults.front();
}

TEST(ServerPartTest, HalfOfTheEnvironmentsCredentialsIsAFault) {
    config_case around;
    around.server.auth_key = "k";
    EXPECT_EQ(around.faults("workers: { star_filter: }\n"),
              std::vector<std::string>{
                  "environment: CONDUCTOR_AUTH_SECRET: is missing; CONDUCTOR_AUTH_KEY and "
                  "CONDUCTOR_AUTH_SECRET go together"});
}

TEST(ServerPartTest, AnAddressOfTheEnvironmentThatIsNoneIsAFault) {
    config_case around;
    around.server.server_url = "somewhere";
    auto const faults = around.faults("workers: { star_filter: }\n");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_TRUE(faults.front().starts_with("environment: CONDUCTOR_SERVER_URL: is no address"));
}

}  // namespace
}  // namespace conductor::test
