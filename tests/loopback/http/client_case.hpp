#pragma once

#include "scripted_server.hpp"
#include "support/run_coroutine.hpp"

#include <conductor/http/client.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace conductor::test {

/** @brief A request that was sent and not waited for. */
struct sent_request {
    /** @brief How it ended, once it has. */
    std::optional<result<http::response>> answer{};
    /** @brief Stops it. */
    boost::asio::cancellation_signal stop{};

    /** @brief Notes the end of a request. */
    struct note_answer {
        /** @brief Where. */
        sent_request* sent;
        /** @brief Called at the end. */
        void operator()(std::exception_ptr thrown, result<http::response> answer) const {
            if (thrown) std::rethrow_exception(thrown);
            sent->answer = std::move(answer);
        }
    };
};

/** @brief A loop for clients, and requests sent from straight-line code. */
class client_case : public testing::Test {
protected:
    /** @brief A client on the loop. */
    http::client make_client(http::client_options options = {}) {
        return http::client(loop.get_executor(), std::move(options));
    }

    /** @brief Sends one request and waits for its end. */
    result<http::response> send(http::client& client, http::request request) {
        return run_coroutine(loop, client.send(std::move(request)));
    }

    /** @brief Sends one GET. */
    result<http::response> get(http::client& client, std::string url) {
        return send(client, {.url = std::move(url)});
    }

    /** @brief Begins to send a request; it must outlive the loop's run. */
    std::unique_ptr<sent_request> start(http::client& client, http::request request) {
        auto sent = std::make_unique<sent_request>();
        boost::asio::co_spawn(loop, client.send(std::move(request)),
                              boost::asio::bind_cancellation_slot(
                                  sent->stop.slot(), sent_request::note_answer{sent.get()}));
        return sent;
    }

    /** @brief Runs the loop until something has happened, on the loop or outside of it.
     *  @return Whether it has, within the time limit of tests. */
    template <class Condition>
    bool run_until(Condition const& has_happened) {
        auto const limit = std::chrono::steady_clock::now() + time_limit;
        while (!has_happened() && std::chrono::steady_clock::now() < limit) {
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds{5});
        }
        return has_happened();
    }

    /** @brief Runs the loop until a request has ended, and says how. */
    result<http::response> answer_of(sent_request& sent) {
        EXPECT_TRUE(run_until([&] { return sent.answer.has_value(); }));
        return sent.answer.value();
    }

    /** @brief Where everything runs. */
    boost::asio::io_context loop{1};
};

/** @brief The error of a request; none when it was answered. */
inline error_code error_of(result<http::response> const& answer) {
    return answer ? error_code{} : answer.error().code;
}

/** @brief The body of an answer; the error's message when there is none. */
inline std::string body_of(result<http::response> const& answer) {
    return answer ? answer->body : answer.error().message();
}

/** @brief A limit that is reached only when nothing else ends the request. */
inline constexpr std::chrono::milliseconds short_limit{50};

}  // namespace conductor::test
