#include <contract/retry_after.hpp>

#include <date/date.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <locale>
#include <sstream>
#include <string>
#include <system_error>

namespace conductor::workers {
namespace {

using std::chrono::seconds;

// Digits only; what does not fit is as good as the largest number.
std::optional<std::int64_t> digits(std::string_view text) {
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    std::int64_t value = 0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const fits = parsed.ec != std::errc::result_out_of_range;
    return fits ? value : std::numeric_limits<std::int64_t>::max();
}

seconds clamp(seconds wait) { return std::clamp(wait, seconds{0}, retry_after_max); }

std::optional<instant> parse_date(std::string_view text, char const* format) {
    std::istringstream stream{std::string{text}};
    stream.imbue(std::locale::classic());
    std::chrono::sys_time<seconds> at;
    stream >> date::parse(format, at);
    if (stream.fail() || stream.peek() != std::char_traits<char>::eof()) return std::nullopt;
    return at;
}

}  // namespace

std::optional<instant> parse_http_date(std::string_view text) {
    static constexpr std::array formats{"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
                                        "%a %b %e %H:%M:%S %Y"};
    for (char const* const format : formats)
        if (auto const at = parse_date(text, format)) return at;
    return std::nullopt;
}

std::optional<seconds> parse_retry_after(std::string_view text, instant now) {
    if (auto const count = digits(text))
        return seconds{std::min(*count, std::int64_t{retry_after_max.count()})};
    auto const at = parse_http_date(text);
    if (!at) return std::nullopt;
    return clamp(std::chrono::ceil<seconds>(*at - now));
}

std::optional<seconds> retry_after(http::headers const& headers, instant now) {
    auto const text = headers.find("Retry-After");
    return text ? parse_retry_after(*text, now) : std::nullopt;
}

std::optional<seconds> quota_reset(http::headers const& headers, instant now) {
    auto const remaining = number_header(headers, "X-RateLimit-Remaining");
    auto const reset = number_header(headers, "X-RateLimit-Reset");
    if (remaining != 0 || !reset) return std::nullopt;
    // Compared in seconds before anything is added, so that no number of the header overflows.
    std::int64_t const from = std::chrono::floor<seconds>(now).time_since_epoch().count();
    std::int64_t const last = from + retry_after_max.count();
    return clamp(seconds{std::min(*reset, last) - from} + seconds{1});
}

std::optional<std::int64_t> number_header(http::headers const& headers, std::string_view name) {
    auto const text = headers.find(name);
    return text ? digits(*text) : std::nullopt;
}

}  // namespace conductor::workers
