#include <daemon/control/logins.hpp>

#include <daemon/config/config.hpp>

#include <contract/hmac_sha256.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <unistd.h>

namespace conductor::daemon {
namespace {

constexpr std::chrono::minutes wrong_time{1};
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Digests are of one length and tell nothing of the token, so they can be kept and compared.
std::string digest_of(workers::secret const& token) {
    return workers::hmac_sha256_hex(token, "conductor-workerd admin login");
}

// Empty when the token cannot be read, or is one that the configuration would have refused.
std::string digest_of(workers::secret_reader const& read) {
    auto const token = read();
    if (token.has_error() || token->reveal().size() < control_config::token_letters_min) return {};
    if (!workers::is_sendable(token->reveal())) return {};
    return digest_of(*token);
}

}  // namespace

std::string unguessable_text() {
    std::array<unsigned char, 43> random{};
    if (::getentropy(random.data(), random.size()) != 0)
        throw std::runtime_error("the system gives no random numbers");
    std::string out;
    for (unsigned char const byte : random) out += alphabet[byte % alphabet.size()];
    return out;
}

bool same_secret(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        difference |= static_cast<unsigned>(left[i]) ^ static_cast<unsigned>(right[i]);
    return difference == 0;
}

logins::logins(workers::secret_reader token, std::shared_ptr<clock> clock,
               std::function<std::string()> make_key, std::function<void()> on_wrong)
    : token_(std::move(token)),
      clock_(std::move(clock)),
      make_key_(std::move(make_key)),
      on_wrong_(std::move(on_wrong)) {}

logins::attempt logins::try_token(std::string_view given) {
    auto const now = clock_->now();
    while (!wrong_.empty() && now - wrong_.front() >= wrong_time) wrong_.pop_front();
    if (wrong_.size() >= wrong_max) return attempt::not_now;
    auto const expected = digest_of(token_);
    auto const got = digest_of(workers::secret{std::string{given}});
    if (!expected.empty() && same_secret(got, expected)) return attempt::right;
    wrong_.push_back(now);
    if (on_wrong_) on_wrong_();
    return attempt::wrong;
}

bool logins::is_still(std::string_view given) const {
    auto const expected = digest_of(token_);
    return !expected.empty() &&
           same_secret(digest_of(workers::secret{std::string{given}}), expected);
}

login const& logins::open() {
    forget_old_ones();
    if (open_.size() >= logins_max) open_.erase(open_.begin());
    open_.push_back({{make_key_(), make_key_()}, clock_->now() + lifetime, digest_of(token_)});
    return open_.back().who;
}

login const* logins::find(std::string_view id) {
    forget_old_ones();
    auto const found = std::ranges::find_if(
        open_, [id](opened const& one) { return same_secret(one.who.id, id); });
    return found == open_.end() ? nullptr : &found->who;
}

void logins::close(std::string_view id) {
    std::erase_if(open_, [id](opened const& one) { return same_secret(one.who.id, id); });
}

void logins::forget_old_ones() {
    if (open_.empty()) return;
    auto const digest = digest_of(token_);
    std::erase_if(open_, [&](opened const& one) {
        return clock_->now() >= one.until || one.token_digest != digest;
    });
}

}  // namespace conductor::daemon
