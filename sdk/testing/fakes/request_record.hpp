#pragma once

#include "http_exchange.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief What happens to one request in place of the usual. */
struct scripted_exchange {
    /** @brief The path of the request; empty for any. */
    std::string path;
    /** @brief The answer. */
    http_answer answer;
    /** @brief Whether the request is carried out all the same. */
    bool is_carried_out = false;
};

/** @brief What a `fake_http_server` has received and what it was told to answer.
 *
 *  @par Threads  Any. */
class request_record {
public:
    /** @brief Notes a request. */
    void add(http_request request);
    /** @brief Notes a connection and gives its number, from 1. */
    std::size_t add_connection();
    /** @brief All requests so far. */
    std::vector<http_request> requests() const;
    /** @brief How many connections so far. */
    std::size_t connections() const;
    /** @brief Waits until there were `count` requests; false when the time limit was reached. */
    bool wait_for(std::size_t count) const;

    /** @brief Scripts what happens to a request. */
    void script(scripted_exchange exchange);
    /** @brief Takes the first that is scripted for a path. */
    std::optional<scripted_exchange> take_scripted(std::string_view path);
    /** @brief Scripts requests that find their connection closed. */
    void script_refusals(std::size_t count);
    /** @brief Whether the next request is to be refused; counts it off. */
    bool take_refusal();

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<http_request> requests_;
    std::size_t connections_ = 0;
    std::deque<scripted_exchange> scripted_;
    std::size_t refusals_ = 0;
};

}  // namespace conductor::test
