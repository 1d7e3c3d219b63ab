#include <daemon/verify/verification.hpp>

#include "fakes/fake_conductor.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>

#include <stop_token>

namespace conductor::test {
namespace {

class VerificationTest : public testing::Test {
protected:
    bool run() {
        runtime serving{client_options{.server_url = server.url()}};
        daemon::verification work{serving,
                                  environment::system(),
                                  {.name = "scratch",
                                   .run_max = std::chrono::seconds{0},
                                   .say = [this](std::string const& line) { say(line); }}};
        bool all_well = false;
        auto const ended = [&](std::exception_ptr, bool well) {
            all_well = well;
            end.request_stop();
        };
        boost::asio::co_spawn(serving.get_executor(), work.run(), ended);
        serving.run(end.get_token());
        return all_well;
    }

    void say(std::string const& line) {
        said += line + '\n';
        if (line.find("clean up") != std::string::npos && held) held->open();
    }

    std::stop_source end;
    std::string said;
    fake_conductor server;
    std::shared_ptr<gate> held;
};

TEST_F(VerificationTest, ATaskThatIsNotHandedOutFailsTheRun) {
    held = server.http().make_gate();
    server.http().answer_next({.body = "[]", .hold = held}, "/api/tasks/poll/batch/scratch");
    EXPECT_FALSE(run());
    EXPECT_NE(said.find("FAILED run"), std::string::npos) << said;
    EXPECT_NE(said.find("was not handed out"), std::string::npos) << said;
    EXPECT_NE(said.find("that the server's queues work"), std::string::npos) << said;
    EXPECT_NE(said.find("ok    clean up"), std::string::npos) << said;
}

TEST_F(VerificationTest, ANameThatIsInUseIsLeftAlone) {
    server.define_task({{"name", "scratch"}});
    EXPECT_FALSE(run());
    EXPECT_NE(said.find("scratch is in use"), std::string::npos) << said;
    for (auto const& request : server.http().requests()) EXPECT_EQ(request.method, "GET");
}

}  // namespace
}  // namespace conductor::test
