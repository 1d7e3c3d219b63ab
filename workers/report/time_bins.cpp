#include <report/time_bins.hpp>

#include <array>
#include <cstdio>

namespace conductor::workers::report {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

// A bin is so many days or so many months long.
struct bin_width {
    std::string_view unit;
    long days;
    long months;
};

constexpr std::array<bin_width, 7> widths{{{"day", 1, 0},
                                           {"week", 7, 0},
                                           {"month", 0, 1},
                                           {"quarter", 0, 3},
                                           {"year", 0, 12},
                                           {"decade", 0, 120},
                                           {"century", 0, 1200}}};

long floor_divided(long value, long by) { return value / by - (value % by < 0 ? 1 : 0); }

// The number of the bin that a day falls into, counted from a fixed day of old.
long bin_of(sys_days day, bin_width const& width) {
    if (width.days != 0) {
        // 1970 began on a Thursday, the fourth day of its week.
        long const shift = width.days == 7 ? 3 : 0;
        return floor_divided(day.time_since_epoch().count() + shift, width.days);
    }
    year_month_day const date{day};
    auto const month = static_cast<long>(static_cast<unsigned>(date.month()));
    return floor_divided(static_cast<int>(date.year()) * 12L + month - 1, width.months);
}

std::string written(char const* form, auto... numbers) {
    std::array<char, 64> text{};
    auto const length = std::snprintf(text.data(), text.size(), form, numbers...);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string month_label(long bin, bin_width const& width) {
    long const year = floor_divided(bin * width.months, 12);
    long const month = bin * width.months - year * 12;
    switch (width.months) {
        case 1: return written("%04ld-%02ld", year, month + 1);
        case 3: return written("%04ld Q%ld", year, month / 3 + 1);
        case 12: return written("%04ld", year);
        default: return written("%04ld–%04ld", year, year + width.months / 12 - 1);
    }
}

}  // namespace

time_bins time_bins::covering(sys_days first, sys_days last) {
    std::size_t chosen = 0;
    auto const count = [&] {
        return static_cast<std::size_t>(bin_of(last, widths[chosen]) -
                                        bin_of(first, widths[chosen])) +
               1;
    };
    while (count() > time_bins_max && chosen + 1 < widths.size()) ++chosen;
    return {chosen, bin_of(first, widths[chosen]), count()};
}

std::size_t time_bins::index(sys_days day) const {
    return static_cast<std::size_t>(bin_of(day, widths[width_]) - first_);
}

std::string time_bins::label(std::size_t index) const {
    auto const& width = widths[width_];
    long const bin = first_ + static_cast<long>(index);
    if (width.days == 0) return month_label(bin, width);
    long const shift = width.days == 7 ? 3 : 0;
    return format_day(sys_days{std::chrono::days{bin * width.days - shift}});
}

std::string_view time_bins::unit() const { return widths[width_].unit; }

std::string format_day(sys_days day) {
    year_month_day const date{day};
    return written("%04d-%02u-%02u", static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace conductor::workers::report
