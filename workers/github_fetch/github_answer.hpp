#pragma once

#include <contract/instant.hpp>
#include <contract/outcome.hpp>
#include <github_fetch/page_links.hpp>

#include <conductor/http/request.hpp>

#include <boost/json/value.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <variant>

namespace conductor::workers::github {

/** @brief The status of an answer when there is nothing. */
inline constexpr int no_content = 204;
/** @brief The status of an answer when nothing differs from what the ETag named. */
inline constexpr int unchanged = 304;

/** @brief An answer that holds what was asked for. */
struct github_answer {
    /** @brief The JSON; null when there is none. */
    boost::json::value body;
    /** @brief Where the other pages are. */
    page_links links{};
    /** @brief The repository's number, where a URL showed it. */
    std::optional<std::int64_t> repository_id{};
    /** @brief Names this answer for a later `If-None-Match`; empty for none. */
    std::string etag{};
    /** @brief When it came. */
    instant at{};
    /** @brief 200, `no_content` or `unchanged`. */
    int status = 200;
};

/** @brief An answer that asks to come back later. */
struct rate_limit {
    /** @brief How long to wait; at least a second. */
    std::chrono::seconds wait{1};
    /** @brief GH_RATE_LIMITED, with the time in `retry_at`. */
    fault why{codes::gh_rate_limited};
};

/** @brief What an answer means: the JSON, a wait, or an end. */
using verdict = std::variant<github_answer, rate_limit, fault>;

/** @brief Judges an answer by status, headers and body.
 *
 *  A 401, 403 or 404 is judged as an answer about the repository itself.
 *  @param now             To turn dates into waits.
 *  @param earlier_limits  How many answers in a row asked to wait before this one: a limit that
 *                         does not say how long is waited for a minute, and twice as long each
 * time.
 *  @par Source  GitHub's rate-limit advice: `retry-after`, else the reset of an empty quota, else
 *               a minute, doubled each time.
 */
verdict judge(http::response const& answer, instant now, int earlier_limits);

/** @brief A limit that ends after `wait`, of a second at least. */
rate_limit limited(std::chrono::seconds wait, fault why, instant now);

/** @brief How long to wait for a limit that does not say how long: a minute, doubled each time. */
std::chrono::seconds wait_without_a_word(int earlier_limits);

/** @brief What a request that got no answer means: GH_NETWORK, or GH_BAD_BODY when the answer began
 *  and cannot be used. */
fault judge(failure const& error);

/** @brief The text of GitHub's error document in one line of at most 200 bytes; empty when the body
 *  is none. */
std::string message_of(std::string_view body);

/** @brief A text from outside in one line of at most 200 bytes. */
std::string one_line(std::string text);

}  // namespace conductor::workers::github
