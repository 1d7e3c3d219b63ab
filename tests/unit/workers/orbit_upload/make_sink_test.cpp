#include <orbit_upload/make_sink.hpp>

#include <conductor/config_error.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

#include <string>

namespace conductor::workers {
namespace {

std::unique_ptr<sink> make(sink_options const& options) {
    boost::asio::io_context loop;
    return make_sink(options, std::make_shared<http::client>(loop.get_executor()), nullptr);
}

std::string complaint_about(sink_options const& options) {
    try {
        make(options);
    } catch (config_error const& error) {
        return error.what();
    }
    return {};
}

TEST(MakeSinkTest, KnowsEveryType) {
    EXPECT_EQ(make({.type = "orbit", .base = "http://h/api/v1"})->batch_max(), 1U);
    EXPECT_EQ(make({.type = "commonroom", .base = "http://h/community/v1"})->batch_max(), 1U);
    EXPECT_EQ(make({.type = "webhook", .base = "http://h/hook/"})->batch_max(), 100U);
    EXPECT_EQ(make({.type = "file", .path = "/a"})->batch_max(), no_batch_max);
    EXPECT_EQ(make({.type = "sqlite", .path = "/a"})->batch_max(), no_batch_max);
}

TEST(MakeSinkTest, OnlyServicesHaveAPace) {
    EXPECT_TRUE(make({.type = "webhook", .base = "http://h/"})->is_paced());
    EXPECT_FALSE(make({.type = "sqlite", .path = "/a"})->is_paced());
}

TEST(MakeSinkTest, NamesTheSettingThatCannotBeUsed) {
    EXPECT_EQ(complaint_about({.type = "carrier_pigeon"}),
              "type: expected one of orbit, commonroom, webhook, file, sqlite");
    EXPECT_EQ(complaint_about({.type = "commonroom"}).find("base: "), 0U);
    EXPECT_EQ(complaint_about({.type = "webhook", .base = "http://u:p@h/"}).find("base: "), 0U);
    EXPECT_EQ(complaint_about({.type = "sqlite", .path = "a.db"}),
              "path: expected an absolute path");
    EXPECT_EQ(complaint_about({.type = "file"}), "path: expected an absolute path");
}

}  // namespace
}  // namespace conductor::workers
