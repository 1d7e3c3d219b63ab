#pragma once

#include <orbit_upload/http_channel.hpp>
#include <orbit_upload/sink.hpp>

#include <fakes/fake_http_server.hpp>
#include <support/leaping_clock.hpp>
#include <support/run_coroutine.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::workers::test {

/** @brief A key that must show up nowhere. */
inline constexpr std::string_view key = "k3y-that-nobody-may-see";

/** @brief A sink that speaks HTTP against a real socket, which answers 202 and nothing. */
struct sink_case {
    /** @brief What the sink talks to. */
    conductor::test::fake_http_server server{[](conductor::test::http_request const&) {
        return conductor::test::http_answer{.status = 202, .body = ""};
    }};
    /** @brief Where it runs. */
    boost::asio::io_context loop;
    /** @brief Its time: the first of January 2026. */
    std::shared_ptr<conductor::test::leaping_clock> clock =
        std::make_shared<conductor::test::leaping_clock>();

    /** @brief The way to the server. */
    http_channel channel(std::string const& path) {
        return {server.url(path), std::make_shared<http::client>(loop.get_executor()), clock};
    }

    /** @brief Delivers activities for the workspace `oss stats` with the key `k3y`. */
    std::vector<delivery_report> deliver(sink& to, std::vector<boost::json::object> activities,
                                         std::stop_token stop = {}) {
        delivery many{.workspace = "oss stats",
                      .key = secret{std::string{"k3y"}},
                      .activities = std::move(activities)};
        many.timeout = std::chrono::seconds{30};
        many.stop = std::move(stop);
        return conductor::test::run_coroutine(loop, to.deliver(std::move(many)));
    }
};

}  // namespace conductor::workers::test
