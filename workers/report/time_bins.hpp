#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace conductor::workers::report {

/** @brief The most bins that a span of time is divided into: what a chart can still show. */
inline constexpr std::size_t time_bins_max = 120;

/** @brief A span of days in equal pieces of the calendar: days, weeks (from Monday), months,
 * quarters and so on, the shortest of which there are at most `time_bins_max`. */
class time_bins {
public:
    /** @brief The bins from the one of `first` to the one of `last`; years 0 to 9999. */
    static time_bins covering(std::chrono::sys_days first, std::chrono::sys_days last);

    /** @brief How many there are; at least one. */
    std::size_t count() const { return count_; }
    /** @brief Which one a day falls into.
     *  @param day  Not before `first`, and not after `last`. */
    std::size_t index(std::chrono::sys_days day) const;
    /** @brief What stands for a bin: `2026-11-24` (a week by its Monday), `2026-11`, `2026 Q4`,
     *  `2026`, `2020–2029`. */
    std::string label(std::size_t index) const;
    /** @brief What one of them is called: `day`, `week`, `month`, … */
    std::string_view unit() const;

private:
    time_bins(std::size_t width, long first, std::size_t count)
        : width_(width), first_(first), count_(count) {}

    std::size_t width_;
    long first_;
    std::size_t count_;
};

/** @brief A day as `2026-11-24`. */
std::string format_day(std::chrono::sys_days day);

}  // namespace conductor::workers::report
