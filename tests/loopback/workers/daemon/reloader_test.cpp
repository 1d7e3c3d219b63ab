#include "daemon_process.hpp"

#include "fakes/fake_conductor.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

// A daemon whose file is written anew while it runs.
class ReloaderTest : public testing::Test {
protected:
    std::string write(std::string const& options, std::string const& log) const {
        return folder.write("w.yaml", "server: { url: \"" + server.url() + "\" }\n" +
                                          "workers: { star_filter: { " + options + " } }\n" +
                                          "admin: { listen: none }\nlog: { " + log + " }\n");
    }

    std::string enqueue() {
        auto const input = boost::json::parse(R"({"activity_name": "starred", "gh_account": "a",
            "gh_repo": "b", "cutoff": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z",
            "stars": []})");
        return server.enqueue({.type = "star_filter", .input = input.as_object()});
    }

    temporary_folder folder;
    fake_conductor server;
};

TEST_F(ReloaderTest, TakesSlotsPausesAndTheLogsLevel) {
    daemon_process daemon{{"run", "--config", write("slots: 2, paused: true", "level: info")}};
    daemon.wait_for_line(" started ");
    auto const id = enqueue();

    write("slots: 3, paused: false", "level: debug");
    daemon.signal(SIGHUP);
    auto const slots = daemon.wait_for_line("workers.star_filter.slots");
    EXPECT_NE(slots.find("configuration changed"), std::string::npos) << slots;
    EXPECT_NE(slots.find("before=2 after=3"), std::string::npos) << slots;
    EXPECT_NE(daemon.wait_for_line("workers.star_filter.paused"), "");
    EXPECT_NE(daemon.wait_for_line("configuration read again"), "");
    EXPECT_TRUE(server.wait_for_status(id, "COMPLETED"));

    auto const rest = daemon.stop();
    EXPECT_NE(rest.find(" debug "), std::string::npos) << rest;
}

TEST_F(ReloaderTest, KeepsWhatHoldsWhenAFileOrAChangeCannotBeTaken) {
    daemon_process daemon{{"run", "--config", write("slots: 2", "level: info")}};
    daemon.wait_for_line(" started ");

    write("slots: 2", "level: nonsense");
    daemon.signal(SIGHUP);
    auto const fault = daemon.wait_for_line("cannot be used");
    EXPECT_NE(fault.find("log.level"), std::string::npos) << fault;

    write("slots: 2", "level: error, format: json");
    daemon.signal(SIGHUP);
    auto const refused = daemon.wait_for_line("needs a restart");
    EXPECT_NE(refused.find("log.format"), std::string::npos) << refused;
    EXPECT_NE(daemon.wait_for_line("the configuration before holds"), "");

    EXPECT_TRUE(server.wait_for_status(enqueue(), "COMPLETED"));
    // On a level that was not taken, this would not be said.
    EXPECT_NE(daemon.stop().find("task completed"), std::string::npos);
}

}  // namespace
}  // namespace conductor::test
