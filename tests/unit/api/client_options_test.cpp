#include <conductor/client_options.hpp>
#include <conductor/config_error.hpp>
#include <conductor/worker.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace conductor {
namespace {

// Sets variables for the length of a test.
class environment_variables {
public:
    explicit environment_variables(std::map<std::string, std::string> const& variables) {
        for (auto const& [name, value] : variables) {
            ::setenv(name.c_str(), value.c_str(), 1);
            names_.push_back(name);
        }
    }
    ~environment_variables() {
        for (auto const& name : names_) ::unsetenv(name.c_str());
    }
    environment_variables(environment_variables const&) = delete;
    environment_variables& operator=(environment_variables const&) = delete;

private:
    std::vector<std::string> names_;
};

std::string complaint(auto const& read) {
    try {
        read();
    } catch (config_error const& error) {
        return error.what();
    }
    return {};
}

TEST(ClientOptionsTest, ReadsTheOfficialNames) {
    environment_variables const set{{{"CONDUCTOR_SERVER_URL", "https://play.example/api"},
                                     {"CONDUCTOR_AUTH_KEY", "k"},
                                     {"CONDUCTOR_AUTH_SECRET", "s"},
                                     {"CONDUCTOR_TLS_CA_PATH", "/ca.pem"},
                                     {"CONDUCTOR_REQUEST_TIMEOUT_MS", "1500"},
                                     {"CONDUCTOR_PROXY_URL", "http://proxy:3128"}}};
    auto const options = client_options::from_environment();
    EXPECT_EQ(options.server_url, "https://play.example/api");
    EXPECT_EQ(options.auth_key, "k");
    EXPECT_EQ(options.auth_secret, "s");
    EXPECT_EQ(options.http.tls.ca_file, "/ca.pem");
    EXPECT_EQ(options.request_timeout, std::chrono::milliseconds{1500});
    EXPECT_EQ(options.http.proxy.https, "http://proxy:3128");
}

TEST(ClientOptionsTest, NamesTheVariableThatCannotBeUsed) {
    environment_variables const set{{{"CONDUCTOR_REQUEST_TIMEOUT_MS", "soon"}}};
    EXPECT_EQ(complaint([] { client_options::from_environment(); }),
              "CONDUCTOR_REQUEST_TIMEOUT_MS: expected a whole number from 1 on, got \"soon\"");
}

TEST(WorkerOptionsTest, TheMostSpecificNameWins) {
    environment_variables const set{{{"CONDUCTOR_WORKER_THREAD_COUNT", "2"},
                                     {"CONDUCTOR_WORKER_ALL_THREAD_COUNT", "3"},
                                     {"CONDUCTOR_WORKER_GREET_THREAD_COUNT", "4"},
                                     {"CONDUCTOR_WORKER_ALL_DOMAIN", "test"},
                                     {"CONDUCTOR_WORKER_POLL_INTERVAL_MILLIS", "250"}}};
    auto const greet = worker_options{.slots = 9}.with_environment("greet");
    EXPECT_EQ(greet.slots, 4u);
    EXPECT_EQ(greet.domain, "test");
    EXPECT_EQ(greet.poll_interval, std::chrono::milliseconds{250});
    EXPECT_EQ(worker_options{}.with_environment("other").slots, 3u);
}

TEST(WorkerOptionsTest, NamesTheVariableThatCannotBeUsed) {
    environment_variables const set{{{"CONDUCTOR_WORKER_ALL_THREAD_COUNT", "0"}}};
    EXPECT_EQ(complaint([] { worker_options{}.with_environment("greet"); }),
              "CONDUCTOR_WORKER_ALL_THREAD_COUNT: expected a whole number from 1 on, got \"0\"");
}

}  // namespace
}  // namespace conductor
