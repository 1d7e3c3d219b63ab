#include "config_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

constexpr char worker[] = "workers: { star_filter: }\n";

daemon::outbox_config read(std::string const& text) {
    config_case const around;
    EXPECT_EQ(around.faults(worker + text), std::vector<std::string>{});
    return around.parse(worker + text).values.outbox;
}

std::vector<std::string> faults(std::string const& text) {
    return config_case{}.faults(worker + text);
}

TEST(OutboxPartTest, IsOffWithoutAFolder) {
    EXPECT_EQ(read("").mode, outbox_mode::off);
    EXPECT_EQ(read("").path, "");
}

TEST(OutboxPartTest, IsInTheFolderOfTheDaemonsOwn) {
    auto const outbox = read("state_dir: /var/lib/workerd\n");

    EXPECT_EQ(outbox.mode, outbox_mode::on_failure);
    EXPECT_EQ(outbox.path, "/var/lib/workerd/outbox.db");
    EXPECT_EQ(outbox.rows_max, 100'000U);
    EXPECT_EQ(outbox.bytes_max, 268'435'456U);
}

TEST(OutboxPartTest, ReadsEachKey) {
    auto const outbox = read(
        "state_dir: /s\n"
        "outbox: { mode: always, path: a.db, rows_max: 7, "
        "bytes_max: 2000000 }\n");

    EXPECT_EQ(outbox.mode, outbox_mode::always);
    EXPECT_EQ(outbox.path, "/s/a.db");
    EXPECT_EQ(outbox.rows_max, 7U);
    EXPECT_EQ(outbox.bytes_max, 2'000'000U);
    EXPECT_EQ(read("outbox: { mode: on_failure, path: /a.db }\n").path, "/a.db");
    EXPECT_EQ(read("state_dir: /s\noutbox: { mode: off }\n").mode, outbox_mode::off);
}

TEST(OutboxPartTest, NeedsAPlace) {
    EXPECT_EQ(faults("outbox: { mode: always }\n"),
              std::vector<std::string>{"w.yaml:2:1: outbox.path: is missing, and there is no "
                                       "state_dir; write an absolute path"});
    EXPECT_EQ(faults("outbox: { mode: always, path: a.db }\n"),
              std::vector<std::string>{"w.yaml:2:31: outbox.path: \"a.db\" is relative, and there "
                                       "is no state_dir; write an absolute path"});
}

TEST(OutboxPartTest, KnowsItsKeysAndWords) {
    EXPECT_EQ(faults("outbox: { mode: sometimes, rows: 3 }\n"),
              (std::vector<std::string>{
                  "w.yaml:2:17: outbox.mode: \"sometimes\" is not possible; write one of: "
                  "on_failure, always, off",
                  "w.yaml:2:28: outbox.rows: unknown key; allowed here: mode, path, rows_max, "
                  "bytes_max"}));
}

}  // namespace
}  // namespace conductor::test
