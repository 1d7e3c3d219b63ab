#include "config_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

constexpr auto head = "state_dir: /var/lib/w\nsecrets: { key: env:ORBIT_API_KEY }\nworkers:\n";

daemon::parsed_config parse(std::string const& sinks) {
    return config_case{}.parse(head + ("  orbit_upload: { sinks: { s: " + sinks + " } }\n"));
}

daemon::sink_config sink_of(std::string const& text) {
    auto const parsed = parse(text);
    EXPECT_TRUE(parsed.faults.empty())
        << (parsed.faults.empty() ? "" : parsed.faults.front().text());
    return parsed.values.orbit_upload->sinks.at("s");
}

TEST(SinksPartTest, AServiceHasAnAddressAndMayHaveASecret) {
    auto const orbit = sink_of("{ type: orbit, base: http://h/api/v1/ }");
    EXPECT_EQ(orbit.type, "orbit");
    EXPECT_EQ(orbit.base, "http://h/api/v1");
    EXPECT_EQ(orbit.secret, "");
    auto const room = sink_of("{ type: commonroom, base: http://h/community/v1, secret: key }");
    EXPECT_EQ(room.type, "commonroom");
    EXPECT_EQ(room.secret, "key");
}

TEST(SinksPartTest, AWebhooksAddressIsKeptSignBySign) {
    EXPECT_EQ(sink_of("{ type: webhook, base: http://h/hook/, secret: key }").base,
              "http://h/hook/");
}

TEST(SinksPartTest, OfAWebhooksAddressOnlySchemeAndHostAreShown) {
    std::string const path = "workers.orbit_upload.sinks.s.base";
    EXPECT_EQ(
        effective(parse("{ type: webhook, base: https://h:8/hook/T0K3N, secret: key }"), path),
        "https://h:8/… (w.yaml:4)");
    EXPECT_EQ(effective(parse("{ type: webhook, base: \"https://h\", secret: key }"), path),
              "https://h (w.yaml:4)");
    EXPECT_EQ(effective(parse("{ type: orbit, base: https://h/api/v1, secret: key }"), path),
              "https://h/api/v1 (w.yaml:4)");
}

TEST(SinksPartTest, APathIsRelativeToTheStateDirectory) {
    EXPECT_EQ(sink_of("{ type: sqlite, path: community.db }").path, "/var/lib/w/community.db");
    EXPECT_EQ(sink_of("{ type: file, path: out/stars..ndjson }").path,
              "/var/lib/w/out/stars..ndjson");
    EXPECT_EQ(sink_of("{ type: file, path: /srv/stars.ndjson }").path, "/srv/stars.ndjson");
}

TEST(SinksPartTest, ThePathIsShownAsItHolds) {
    auto const parsed = parse("{ type: sqlite, path: community.db }");

    EXPECT_EQ(effective(parsed, "workers.orbit_upload.sinks.s.type"), "sqlite (w.yaml:4)");
    EXPECT_EQ(effective(parsed, "workers.orbit_upload.sinks.s.path"),
              "/var/lib/w/community.db (w.yaml:4)");
}

TEST(SinksPartTest, TheStateDirectoryMayStandBehindTheWorkers) {
    auto const parsed = config_case{}.parse(
        "workers:\n  orbit_upload: { sinks: { s: { type: sqlite, path: a.db } } }\n"
        "state_dir: /srv\n");

    ASSERT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.orbit_upload->sinks.at("s").path, "/srv/a.db");
}

TEST(SinksPartTest, AnAbsolutePathNeedsNoStateDirectory) {
    auto const parsed = config_case{}.parse(
        "workers:\n  orbit_upload: { sinks: { s: { type: sqlite, path: /srv/a.db } } }\n");

    EXPECT_TRUE(parsed.faults.empty());
}

TEST(SinksPartTest, WithoutSinksThereIsADatabaseInTheStateDirectory) {
    for (std::string const sinks : {"", "    sinks:\n", "    sinks: {}\n"}) {
        auto const parsed = config_case{}.parse(head + ("  orbit_upload:\n" + sinks));
        ASSERT_TRUE(parsed.faults.empty()) << sinks;
        auto const& upload = *parsed.values.orbit_upload;
        EXPECT_EQ(upload.default_sink, "local");
        EXPECT_EQ(upload.sinks.at("local").type, "sqlite");
        EXPECT_EQ(upload.sinks.at("local").path, "/var/lib/w/community.db");
        EXPECT_EQ(effective(parsed, "workers.orbit_upload.sinks.local.path"),
                  "/var/lib/w/community.db (default)");
        EXPECT_EQ(effective(parsed, "workers.orbit_upload.default_sink"),
                  "local, the only one (default)");
    }
}

TEST(SinksPartTest, SystemdsStateDirectoryWillDo) {
    config_case around;
    around.variables["STATE_DIRECTORY"] = "/var/lib/conductor-workerd";
    auto const parsed = around.parse("workers:\n  orbit_upload:\n");

    ASSERT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.orbit_upload->sinks.at("local").path,
              "/var/lib/conductor-workerd/community.db");
}

TEST(SinksPartTest, TheOnlySinkIsTheDefault) {
    auto const parsed = config_case{}.parse(
        "workers:\n  orbit_upload: { sinks: { o: { type: orbit, base: http://h/api } } }\n");
    ASSERT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.orbit_upload->default_sink, "o");
    EXPECT_EQ(effective(parsed, "workers.orbit_upload.default_sink"), "o, the only one (default)");
}

TEST(SinksPartTest, OfSeveralSinksNoneIsTheDefault) {
    auto const parsed = config_case{}.parse(
        "workers:\n  orbit_upload:\n    sinks:\n      a: { type: orbit, base: http://h/api }\n"
        "      b: { type: orbit, base: http://h/api }\n");
    ASSERT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.orbit_upload->default_sink, "");
}

struct bad_sink {
    std::string name;
    std::string text;
    std::string fault;
};

void PrintTo(bad_sink const& one, std::ostream* out) { *out << one.name; }

class SinksPartFaultTest : public testing::TestWithParam<bad_sink> {};

TEST_P(SinksPartFaultTest, IsReportedWithItsPlace) {
    auto const faults =
        config_case{}.faults("secrets: { key: env:ORBIT_API_KEY }\nworkers:\n" + GetParam().text);
    ASSERT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
    EXPECT_TRUE(faults.front().starts_with(GetParam().fault)) << faults.front();
}

std::string with(std::string const& sink) {
    return "  orbit_upload: { sinks: { o: " + sink + " } }\n";
}

INSTANTIATE_TEST_SUITE_P(
    All, SinksPartFaultTest,
    testing::Values(
        bad_sink{"NoSinksAndNoStateDirectory", "  orbit_upload:\n",
                 "w.yaml:3:3: workers.orbit_upload.sinks: is missing"},
        bad_sink{"UnknownDefaultSink",
                 "  orbit_upload: { default_sink: x, sinks: { o: { type: orbit, base: "
                 "\"http://h\" } } }\n",
                 "w.yaml:3:33: workers.orbit_upload.default_sink: \"x\" is not among the sinks "
                 "(o)"},
        bad_sink{"UnknownType", with("{ type: pigeon, base: \"http://h\" }"),
                 "w.yaml:3:39: workers.orbit_upload.sinks.o.type: \"pigeon\" is not possible; "
                 "write one of: sqlite, file, webhook, commonroom, orbit"},
        bad_sink{"EmptySink", with("{}"),
                 "w.yaml:3:28: workers.orbit_upload.sinks.o.type: is missing"},
        bad_sink{"NoType", with("{ base: \"http://h\" }"),
                 "w.yaml:3:28: workers.orbit_upload.sinks.o.type: is missing"},
        bad_sink{"OrbitWithoutBase", with("{ type: orbit }"),
                 "w.yaml:3:28: workers.orbit_upload.sinks.o.base: is missing"},
        bad_sink{"CommonroomWithoutBase", with("{ type: commonroom, secret: key }"),
                 "w.yaml:3:28: workers.orbit_upload.sinks.o.base: is missing"},
        bad_sink{"WebhookWithoutBase", with("{ type: webhook, secret: key }"),
                 "w.yaml:3:28: workers.orbit_upload.sinks.o.base: is missing; write the address"},
        bad_sink{"WebhookWithoutSecret", with("{ type: webhook, base: \"http://h\" }"),
                 "w.yaml:3:28: workers.orbit_upload.sinks.o.secret: is missing"},
        bad_sink{"BaseWithAPassword",
                 with("{ type: webhook, base: \"http://u:p@h\", secret: key }"),
                 "w.yaml:3:54: workers.orbit_upload.sinks.o.base: is no base address"},
        bad_sink{"UnknownSecret", with("{ type: orbit, base: \"http://h\", secret: x }"),
                 "w.yaml:3:72: workers.orbit_upload.sinks.o.secret: \"x\" is not among"},
        bad_sink{"ServiceWithAPath", with("{ type: orbit, base: \"http://h\", path: /a }"),
                 "w.yaml:3:64: workers.orbit_upload.sinks.o.path: unknown key; allowed here: type, "
                 "base, request_timeout_seconds, secret"},
        bad_sink{"DatabaseWithABase", with("{ type: sqlite, path: /a, base: \"http://h\" }"),
                 "w.yaml:3:57: workers.orbit_upload.sinks.o.base: unknown key; allowed here: type, "
                 "path"},
        bad_sink{"FileWithASecret", with("{ type: file, path: /a, secret: key }"),
                 "w.yaml:3:55: workers.orbit_upload.sinks.o.secret: unknown key"},
        bad_sink{"NoPath", with("{ type: sqlite }"),
                 "w.yaml:3:28: workers.orbit_upload.sinks.o.path: is missing"},
        bad_sink{"RelativePathWithoutStateDirectory", with("{ type: sqlite, path: a.db }"),
                 "w.yaml:3:53: workers.orbit_upload.sinks.o.path: \"a.db\" is relative to "
                 "state_dir, and there is none"},
        bad_sink{"PathThatClimbs", with("{ type: file, path: ../a }"),
                 "w.yaml:3:51: workers.orbit_upload.sinks.o.path: \"../a\" leads out"},
        bad_sink{"AbsolutePathThatClimbs", with("{ type: file, path: /a/.. }"),
                 "w.yaml:3:51: workers.orbit_upload.sinks.o.path: \"/a/..\" leads out"},
        bad_sink{"PathOfAFolder", with("{ type: file, path: /a/ }"),
                 "w.yaml:3:51: workers.orbit_upload.sinks.o.path: \"/a/\" is a folder"}),
    [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace conductor::test
