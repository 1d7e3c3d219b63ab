#include <contract/instant.hpp>

#include <date/date.h>

#include <charconv>
#include <optional>

namespace conductor::workers {
namespace {

using std::chrono::milliseconds;

failure bad_instant() {
    return {errc::bad_value, "expected an ISO 8601 instant such as 2024-10-01T23:37:37Z"};
}

// Takes pieces off the front of a text; the first piece that does not fit spoils the rest.
class scanner {
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        if (rest_.size() < count) return spoil();
        auto const* const end = rest_.data() + count;
        auto const [stop, error] = std::from_chars(rest_.data(), end, value);
        if (error != std::errc{} || stop != end || rest_.front() == '-') return spoil();
        rest_.remove_prefix(count);
        return value;
    }
    bool take(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(std::string_view any_of) {
        if (!take(any_of)) spoil();
    }
    bool starts_with_digit() const {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    bool at_end() const { return rest_.empty(); }
    bool good() const { return good_; }

private:
    int spoil() {
        good_ = false;
        rest_ = {};
        return 0;
    }

    std::string_view rest_;
    bool good_ = true;
};

std::optional<date::sys_days> scan_date(scanner& scan) {
    int const year = scan.digits(4);
    scan.expect("-");
    int const month = scan.digits(2);
    scan.expect("-");
    int const day = scan.digits(2);
    date::year_month_day const date{date::year{year}, date::month(static_cast<unsigned>(month)),
                                    date::day(static_cast<unsigned>(day))};
    if (!scan.good() || !date.ok()) return std::nullopt;
    return date::sys_days{date};
}

milliseconds scan_fraction(scanner& scan) {
    milliseconds total{0};
    if (!scan.starts_with_digit()) scan.expect("0123456789");
    for (milliseconds unit{100}; scan.starts_with_digit(); unit /= 10)
        total += unit * scan.digits(1);
    return total;
}

std::optional<milliseconds> scan_time_of_day(scanner& scan) {
    int const hour = scan.digits(2);
    scan.expect(":");
    int const minute = scan.digits(2);
    scan.expect(":");
    int const second = scan.digits(2);
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    milliseconds const fraction = scan.take(".,") ? scan_fraction(scan) : milliseconds{0};
    return std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second} +
           fraction;
}

std::optional<std::chrono::minutes> scan_zone(scanner& scan) {
    if (scan.take("Zz")) return std::chrono::minutes{0};
    bool const east = scan.take("+");
    if (!east) scan.expect("-");
    int const hours = scan.digits(2);
    bool const has_minutes = scan.take(":") || scan.starts_with_digit();
    int const minutes = has_minutes ? scan.digits(2) : 0;
    if (!scan.good() || hours > 23 || minutes > 59) return std::nullopt;
    auto const offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return east ? offset : -offset;
}

constexpr instant earliest{date::sys_days{date::year{0} / 1 / 1}};
constexpr instant past_latest{date::sys_days{date::year{10000} / 1 / 1}};

}  // namespace

result<instant> parse_instant(std::string_view text) {
    scanner scan{text};
    auto const day = scan_date(scan);
    scan.expect("Tt ");
    auto const time = scan_time_of_day(scan);
    auto const zone = scan_zone(scan);
    if (!day || !time || !zone || !scan.good() || !scan.at_end()) return bad_instant();
    return instant{*day} + *time - *zone;
}

result<instant> instant_from_milliseconds(std::int64_t count) {
    instant const at{milliseconds{count}};
    if (at < earliest || at >= past_latest)
        return failure{errc::bad_value, "expected milliseconds since 1970, of the years 0 to 9999"};
    return at;
}

std::string format_instant(instant at) {
    auto const whole = std::chrono::floor<std::chrono::seconds>(at);
    if (whole == at) return date::format("%FT%TZ", whole);
    return date::format("%FT%TZ", at);
}

}  // namespace conductor::workers
