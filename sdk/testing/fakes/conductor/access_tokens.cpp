#include "access_tokens.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor::test {

namespace {

std::string base64url(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned pending = 0;
    unsigned bits = 0;
    for (unsigned char const byte : bytes) {
        pending = pending << 8 | byte;
        for (bits += 8; bits >= 6; bits -= 6) text += digits[pending >> (bits - 6) & 63u];
    }
    if (bits > 0) text += digits[pending << (6 - bits) & 63u];
    return text;
}

}  // namespace

access_tokens::access_tokens(std::string key, std::string secret, std::chrono::seconds lifetime)
    : key_(std::move(key)), secret_(std::move(secret)), lifetime_(lifetime) {}

std::optional<std::string> access_tokens::issue(std::string_view key, std::string_view secret) {
    if (paused_ || key != key_ || secret != secret_) return std::nullopt;
    auto const end =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + lifetime_;
    boost::json::object const claims{{"exp", end.time_since_epoch().count()}, {"jti", ++issued_}};
    auto token = base64url(R"({"alg":"HS256"})") + '.' + base64url(boost::json::serialize(claims)) +
                 ".signature";
    good_.insert(token);
    return token;
}

token_fault access_tokens::check(std::string_view token) const {
    if (good_.contains(token)) return token_fault::none;
    return token.empty() ? token_fault::invalid : revoked_as_;
}

void access_tokens::pause_key() {
    paused_ = true;
    revoke(token_fault::invalid);
}

void access_tokens::revoke(token_fault fault) {
    good_.clear();
    revoked_as_ = fault;
}

}  // namespace conductor::test
