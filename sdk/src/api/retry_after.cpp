#include "api/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace conductor::api {
namespace {

// Far more than anybody waits, and far from where counts of milliseconds end.
constexpr std::chrono::seconds wait_max = std::chrono::hours{24 * 365};

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <class Number>
bool read_number(std::string_view text, Number& number) {
    auto const* const end = text.data() + text.size();
    auto const [read_to, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && read_to == end;
}

// What a date consists of, each as a number; the name of the day says nothing new.
struct date_parts {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
};

// Reads a date by a pattern: `Y` `M` `D` `h` `m` `s` stand for digits, `N` for the name of a month;
// a blank may stand for a zero in a day, as asctime() writes it.
bool read_date(std::string_view text, std::string_view pattern, date_parts& parts) {
    if (text.size() != pattern.size()) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const is_blank_day = pattern[at] == 'D' && text[at] == ' ';
        unsigned const digit = is_blank_day ? 0U : static_cast<unsigned char>(text[at]) - '0';
        bool const wants_digit = std::string_view("YDhms").find(pattern[at]) != pattern.npos;
        if (wants_digit && digit > 9) return false;
        switch (pattern[at]) {
            case 'Y': parts.year = parts.year * 10 + static_cast<int>(digit); break;
            case 'D': parts.day = parts.day * 10 + digit; break;
            case 'h': parts.hour = parts.hour * 10 + digit; break;
            case 'm': parts.minute = parts.minute * 10 + digit; break;
            case 's': parts.second = parts.second * 10 + digit; break;
            case 'N': {
                auto const* const name = std::ranges::find(month_names, text.substr(at, 3));
                if (name == month_names.end()) return false;
                parts.month = static_cast<unsigned>(name - month_names.begin()) + 1;
                at += 2;
                break;
            }
            default:
                if (text[at] != pattern[at]) return false;
        }
    }
    return true;
}

std::optional<std::chrono::sys_seconds> to_time(date_parts const& parts) {
    using namespace std::chrono;
    year_month_day const date{year{parts.year}, month{parts.month}, day{parts.day}};
    // A leap second is written as second 60.
    if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 60)
        return std::nullopt;
    return sys_days{date} + hours{parts.hour} + minutes{parts.minute} + seconds{parts.second};
}

// Two digits of a year mean the one that lies at most fifty years ahead.
int whole_year(int two_digits, std::chrono::system_clock::time_point now) {
    using namespace std::chrono;
    auto const this_year = static_cast<int>(year_month_day{floor<days>(now)}.year());
    auto const candidate = this_year - this_year % 100 + two_digits;
    return candidate > this_year + 50 ? candidate - 100 : candidate;
}

std::optional<std::chrono::sys_seconds> parse_date(std::string_view text,
                                                   std::chrono::system_clock::time_point now) {
    auto const day_end = text.find_first_of(", ");
    if (day_end == text.npos) return std::nullopt;
    auto const rest = text.substr(day_end);
    if (date_parts parts; read_date(rest, ", DD NNN YYYY hh:mm:ss GMT", parts))
        return to_time(parts);
    if (date_parts parts; read_date(rest, ", DD-NNN-YY hh:mm:ss GMT", parts)) {
        parts.year = whole_year(parts.year, now);
        return to_time(parts);
    }
    if (date_parts parts; read_date(rest, " NNN DD hh:mm:ss YYYY", parts)) return to_time(parts);
    return std::nullopt;
}

}  // namespace

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                      std::chrono::system_clock::time_point now) {
    using std::chrono::seconds;
    if (std::int64_t count = 0; read_number(text, count))
        return count < 0 ? std::nullopt : std::optional{std::min(seconds{count}, wait_max)};
    auto const date = parse_date(text, now);
    if (!date) return std::nullopt;
    return std::clamp(*date - std::chrono::floor<seconds>(now), seconds{0}, wait_max);
}

}  // namespace conductor::api
