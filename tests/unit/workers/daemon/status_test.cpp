#include "command_case.hpp"

#include <conductor/config_error.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

// What a command line refuses, before anybody is asked.
std::string refusal_of_status(command_case& around, daemon::status_command const& command) {
    try {
        around.run(command);
    } catch (config_error const& error) {
        return error.what();
    }
    return {};
}

TEST(StatusCommandTest, NeedsToKnowWhomToAsk) {
    command_case around;
    EXPECT_EQ(refusal_of_status(around, {}), "status: name either --config or --url");
    EXPECT_EQ(refusal_of_status(around, {.config_file = "w.yaml", .url = "http://h"}),
              "status: name either --config or --url");
    EXPECT_EQ(refusal_of_status(around, {.config_file = "w.yaml", .token = "env:X"}),
              "--token: goes with --url; with --config it is admin.token");
}

TEST(StatusCommandTest, AConfigurationMustNameThePage) {
    command_case around;
    auto const file = around.folder.write("w.yaml", "workers: { star_filter: }\n");
    EXPECT_EQ(refusal_of_status(around, {.config_file = file}),
              file + ": admin.control_listen is not set, so there is nobody to ask");
    around.folder.write("w.yaml",
                        "workers: { star_filter: }\nadmin: { control_listen: 127.0.0.1:0 }\n");
    EXPECT_NE(refusal_of_status(around, {.config_file = file}).find("choose the port"),
              std::string::npos);
}

TEST(StatusCommandTest, AnAddressIsNotRepeatedWhenItIsNone) {
    command_case around;
    for (auto const* const url : {"h:1", "ftp://h", "http://user:hush@h", "http://h?a=hush", "-"})
        EXPECT_EQ(refusal_of_status(around, {.url = url}),
                  "--url: is no address; write it like http://127.0.0.1:9992")
            << url;
}

TEST(StatusCommandTest, ATokenStandsElsewhere) {
    command_case around;
    EXPECT_EQ(refusal_of_status(around, {.url = "http://127.0.0.1:1", .token = "hush"}),
              "--token: write where it is: env:NAME, file:PATH or credential:NAME");
    EXPECT_EQ(refusal_of_status(around, {.url = "http://127.0.0.1:1", .token = "env:GONE"}),
              "the token: env:GONE is not there");
    around.world.secrets["env:BLANK"] = "two words";
    EXPECT_EQ(refusal_of_status(around, {.url = "http://127.0.0.1:1", .token = "env:BLANK"}),
              "the token holds a blank or control character");
}

}  // namespace
}  // namespace conductor::test
