#include "config_case.hpp"

#include <daemon/commands/load_config.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

std::string error_of(std::string const& file) {
    config_case const around;
    try {
        daemon::load_config(file, around.around());
    } catch (config_error const& error) {
        return error.what();
    }
    return {};
}

TEST(LoadConfigTest, ReadsAFile) {
    temporary_folder const folder;
    config_case const around;
    auto const file = folder.write("w.yaml", "workers: { star_filter: { slots: 8 } }\n");
    EXPECT_EQ(daemon::load_config(file, around.around()).values.star_filter->options.slots, 8U);
}

TEST(LoadConfigTest, ListsEveryFaultInALineOfItsOwn) {
    temporary_folder const folder;
    auto const file =
        folder.write("w.yaml", "workers: { star_filter: }\nlog: { level: x, a: b }\n");
    std::string const text = error_of(file);
    EXPECT_NE(text.find(file + ":2:15: log.level: "), std::string::npos) << text;
    EXPECT_NE(text.find('\n' + file + ":2:18: log.a: "), std::string::npos) << text;
}

TEST(LoadConfigTest, NamesAFileThatIsNotThere) {
    EXPECT_NE(error_of("/nowhere/w.yaml").find("/nowhere/w.yaml"), std::string::npos);
}

TEST(LoadConfigTest, WithoutAFileTheEnvironmentIsTheConfiguration) {
    config_case around;
    around.server.server_url = "http://env/api";
    EXPECT_EQ(daemon::load_config("", around.around()).values.server.server_url, "http://env/api");
}

}  // namespace
}  // namespace conductor::test
