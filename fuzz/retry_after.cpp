// The waits that headers ask for, in seconds and as dates. The first line is `Retry-After`, the
// rest `X-RateLimit-Reset`.

#include "fuzz.hpp"

#include "api/retry_after.hpp"

#include <contract/retry_after.hpp>

#include <string>

namespace conductor::fuzz {

void try_input(std::string_view input) {
    using std::chrono::seconds;
    constexpr seconds year{std::chrono::hours{24 * 365}};
    constexpr std::chrono::sys_days now{std::chrono::year{2026} / 11 / 28};
    auto const [text, reset] = split_line(input);

    auto const by_sdk = api::parse_retry_after(text, now);
    require(!by_sdk || (*by_sdk >= seconds{0} && *by_sdk <= year), "the SDK waits a year at most");
    auto const by_worker = workers::parse_retry_after(text, now);
    require(!by_worker || (*by_worker >= seconds{0} && *by_worker <= workers::retry_after_max),
            "a worker waits a month at most");
    bool const is_near = by_sdk && by_worker && *by_sdk < workers::retry_after_max;
    require(!is_near || *by_sdk == *by_worker, "both wait as long");

    http::headers headers;
    headers.add("X-RateLimit-Remaining", "0");
    headers.add("X-RateLimit-Reset", std::string(reset));
    auto const by_quota = workers::quota_reset(headers, now);
    require(!by_quota || (*by_quota >= seconds{0} && *by_quota <= workers::retry_after_max),
            "a quota is waited for a month at most");
}

}  // namespace conductor::fuzz
