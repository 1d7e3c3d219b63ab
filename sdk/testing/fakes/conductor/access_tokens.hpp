#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace conductor::test {

/** @brief What is wrong with a token, as Orkes names it. */
enum class token_fault { none, invalid, expired };

/** @brief Issues and checks the access tokens of a server with authentication. */
class access_tokens {
public:
    /** @brief For one access key; an empty one means a server without authentication. */
    access_tokens(std::string key, std::string secret, std::chrono::seconds lifetime);

    /** @brief Whether the server asks for tokens at all. */
    bool needed() const { return !key_.empty(); }
    /** @brief A new JWT; none for a wrong key or secret, or a key that is paused. */
    std::optional<std::string> issue(std::string_view key, std::string_view secret);
    /** @brief Judges a token. */
    token_fault check(std::string_view token) const;
    /** @brief All tokens so far are refused from now on, in this way. */
    void revoke(token_fault fault);
    /** @brief The access key is paused: its tokens are refused, and it gets no other. */
    void pause_key();
    /** @brief The access key may be used again. */
    void resume_key() { paused_ = false; }
    /** @brief How many tokens were issued. */
    std::size_t issued() const { return issued_; }

private:
    std::string key_;
    std::string secret_;
    std::chrono::seconds lifetime_;
    std::set<std::string, std::less<>> good_;
    std::size_t issued_ = 0;
    token_fault revoked_as_ = token_fault::invalid;
    bool paused_ = false;
};

}  // namespace conductor::test
