#include "api/access_token.hpp"

#include "api/json_text.hpp"
#include "base/wipe.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace conductor::api {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// Only for a token that does not say when it ends; the official SDKs take this for every token.
constexpr minutes assumed_lifetime{45};
constexpr minutes margin_max{5};
constexpr backoff_options fetch_backoff{seconds{1}, seconds{60}};

// The year 2255: what is left until then can be counted in nanoseconds.
constexpr std::int64_t end_max = 9'000'000'000;

int base64url_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-') return 62;
    if (c == '_') return 63;
    return -1;
}

std::optional<std::string> decode_base64url(std::string_view text) {
    std::string out;
    unsigned bits = 0;
    unsigned pending = 0;
    for (char const c : text) {
        if (c == '=') break;
        int const digit = base64url_digit(c);
        if (digit < 0) return std::nullopt;
        pending = (pending << 6 | static_cast<unsigned>(digit)) & 0xffffu;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(static_cast<unsigned char>(pending >> bits & 0xffu));
        }
    }
    return out;
}

std::string_view member_text(boost::json::value const& value, std::string_view name) {
    auto const* object = value.if_object();
    auto const* member = object != nullptr ? object->if_contains(name) : nullptr;
    auto const* text = member != nullptr ? member->if_string() : nullptr;
    return text != nullptr ? std::string_view(*text) : std::string_view();
}

}  // namespace

std::optional<std::chrono::sys_seconds> token_expiry(std::string_view jwt) {
    auto const first = jwt.find('.');
    auto const second = jwt.find('.', first + 1);
    if (first == jwt.npos || second == jwt.npos) return std::nullopt;
    auto const payload = decode_base64url(jwt.substr(first + 1, second - first - 1));
    if (!payload) return std::nullopt;
    auto const claims = parse_json(*payload, {});
    auto const* object = claims ? claims->if_object() : nullptr;
    auto const* exp = object != nullptr ? object->if_contains("exp") : nullptr;
    if (exp == nullptr || !exp->is_number()) return std::nullopt;
    boost::system::error_code ec;
    auto const value = exp->to_number<std::int64_t>(ec);
    if (ec) return std::nullopt;
    return std::chrono::sys_seconds{seconds{std::clamp(value, std::int64_t{0}, end_max)}};
}

result<std::string> parse_token(std::string_view body) {
    auto const parsed = parse_json(body, {});
    auto const token = parsed ? member_text(*parsed, "token") : std::string_view();
    if (token.empty()) return failure{errc::bad_response, "the answer to /token holds no token"};
    return std::string(token);
}

bool is_token_error(int status, std::string_view body) {
    if (status != 401 && status != 403) return false;
    auto const parsed = parse_json(body, {});
    if (!parsed) return false;
    auto const error = member_text(*parsed, "error");
    return error == "EXPIRED_TOKEN" || error == "INVALID_TOKEN";
}

access_token::access_token(bool needed)
    : state_(needed ? token_state::unknown : token_state::not_needed) {}

access_token::~access_token() { base::wipe(value_); }

access_token::step access_token::next(time_point now) const {
    if (state_ == token_state::not_needed) return step::call;
    if (state_ == token_state::good && now < renew_at_) return step::call;
    if (now < retry_at_) return step::wait;
    return step::fetch;
}

void access_token::fetched(std::string token, time_point now,
                           std::chrono::system_clock::time_point wall) {
    std::chrono::system_clock::duration lifetime = assumed_lifetime;
    if (auto const expiry = token_expiry(token)) lifetime = *expiry - wall;
    // Renewed a tenth of its life, at most five minutes, before its end. A token that seems to have
    // ended already (a clock is wrong) is used for a second at least, or we would ask for ever.
    auto const margin = std::min<std::chrono::system_clock::duration>(lifetime / 10, margin_max);
    renew_at_ = now + std::max<std::chrono::system_clock::duration>(lifetime - margin, seconds{1});
    base::wipe(value_);
    value_.swap(token);
    ++generation_;
    state_ = token_state::good;
    failures_ = 0;
    retry_at_ = {};
}

void access_token::not_offered() {
    state_ = token_state::not_needed;
    base::wipe(value_);
}

void access_token::fetch_failed(failure error, time_point now, double chance) {
    state_ = token_state::failed;
    failure_ = std::move(error);
    ++failures_;
    retry_at_ = now + backoff_delay(fetch_backoff, failures_, chance);
}

void access_token::refused(std::uint64_t generation) {
    if (generation != generation_ || state_ != token_state::good) return;
    state_ = token_state::unknown;
    base::wipe(value_);
}

}  // namespace conductor::api
