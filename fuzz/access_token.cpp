// The answer to POST /token, the JWT in it, and what other answers say of it. The first line is
// the status of such an answer, and the rest its body; the whole is a JWT as well.

#include "fuzz.hpp"

#include "api/access_token.hpp"

#include <charconv>
#include <string>

namespace conductor::fuzz {
namespace {

constexpr std::chrono::sys_days wall{std::chrono::year{2026} / 11 / 28};

// However odd the token's end, it is neither asked for at once again nor used for ever.
void try_token(std::string const& token) {
    constexpr time_point now{std::chrono::hours{24}};
    api::access_token access(true);
    access.fetched(token, now, wall);
    require(access.state() == token_state::good && access.value() == token, "a token is good");
    require(access.next(now) == api::access_token::step::call, "a fresh token is used");
    access.refused(access.generation());
    require(access.next(now) == api::access_token::step::fetch, "a refused one is replaced");
}

}  // namespace

void try_input(std::string_view input) {
    auto const [status_text, body] = split_line(input);
    int status = 401;
    std::from_chars(status_text.data(), status_text.data() + status_text.size(), status);
    bool const is_error = api::is_token_error(status, body);
    require(!is_error || status == 401 || status == 403, "other statuses say nothing of a token");
    if (auto const token = api::parse_token(body)) {
        require(!token->empty(), "a token is not empty");
        try_token(*token);
    }
    try_token(std::string(input));
    static_cast<void>(api::token_expiry(body));
}

}  // namespace conductor::fuzz
