#include "daemon_process.hpp"

#include "fakes/fake_conductor.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include <sys/resource.h>

namespace conductor::test {
namespace {

// A daemon that has read a secret, as others on its machine see it.
TEST(PrivateMemoryLoopbackTest, OthersSeeNoCoreNoArgumentAndNoChildWithASecret) {
    temporary_folder const folder;
    fake_conductor const server;
    auto const key = folder.write("key", "s3cret\n");
    auto const file = folder.write("w.yaml", "server: { url: \"" + server.url() +
                                                 "\" }\nsecrets: { github: \"file:" + key +
                                                 "\" }\nworkers: { github_fetch: { secrets: "
                                                 "[github], default_secret: github } }\n");
    rlimit before{};
    ::getrlimit(RLIMIT_CORE, &before);
    rlimit const most{before.rlim_max, before.rlim_max};
    ::setrlimit(RLIMIT_CORE, &most);
    daemon_process daemon{{"run", "--config", file}};
    EXPECT_FALSE(daemon.wait_for_line("started").empty());
    ::setrlimit(RLIMIT_CORE, &before);
    auto const limits = daemon.proc_file("limits");
    std::istringstream cores{limits.substr(limits.find("Max core file size") + 18)};
    std::string soft, hard;
    cores >> soft >> hard;
    EXPECT_EQ(soft, "0");
    EXPECT_EQ(hard, "0");
    EXPECT_EQ(daemon.proc_file("cmdline").find("s3cret"), std::string::npos);
    EXPECT_NE(daemon.proc_file("cmdline").find(file), std::string::npos);
    EXPECT_EQ(daemon.children(), "");
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0);
}

}  // namespace
}  // namespace conductor::test
