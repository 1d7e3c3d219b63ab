#pragma once

#include <conductor/backoff.hpp>
#include <conductor/environment.hpp>
#include <conductor/error.hpp>
#include <conductor/rest_client.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::api {

/** @brief When a JWT ends, by its `exp`; none when it is no JWT or says nothing. */
std::optional<std::chrono::sys_seconds> token_expiry(std::string_view jwt);

/** @brief The token of an answer to `POST /token`.
 *  @par Errors  `errc::bad_response`; the answer is not repeated. */
result<std::string> parse_token(std::string_view body);

/** @brief Whether an answer's body says that the token itself is at fault, which a fresh one
 *  mends; any other 401 or 403 is a missing permission.
 *  @par Source  Orkes: `{"error": "EXPIRED_TOKEN" | "INVALID_TOKEN"}`. */
bool is_token_error(int status, std::string_view body);

/** @brief Decides when a token is asked for; knows no socket and no clock. */
class access_token {
public:
    /** @brief What a caller must do before its call. */
    enum class step {
        /** @brief Call, with `value()` (empty for none). */
        call,
        /** @brief Ask for a token first. */
        fetch,
        /** @brief Fail with `last_failure()`: the last attempt is too short ago. */
        wait,
    };

    /** @brief With `needed` false no token is ever asked for. */
    explicit access_token(bool needed);
    access_token(access_token const&) = delete;
    access_token& operator=(access_token const&) = delete;
    /** @brief Overwrites the token, as each renewal and refusal does. */
    ~access_token();

    /** @brief What to do now. */
    step next(time_point now) const;
    /** @brief The token to send. */
    std::string const& value() const { return value_; }
    /** @brief Counts the tokens, so that a caller can tell whose token failed. */
    std::uint64_t generation() const { return generation_; }
    /** @brief Why the last attempt failed. */
    failure const& last_failure() const { return failure_; }
    /** @brief For the outside. */
    token_state state() const { return state_; }

    /** @brief A token came. */
    void fetched(std::string token, time_point now, std::chrono::system_clock::time_point wall);
    /** @brief The server has no `/token`: it is the open-source one. */
    void not_offered();
    /** @brief None came. */
    void fetch_failed(failure error, time_point now, double chance);
    /** @brief The server refused the token of that generation. */
    void refused(std::uint64_t generation);

private:
    token_state state_;
    std::string value_;
    std::uint64_t generation_ = 0;
    time_point renew_at_{};
    time_point retry_at_{};
    unsigned failures_ = 0;
    failure failure_;
};

}  // namespace conductor::api
