#include <daemon/control/amount_text.hpp>

#include <array>
#include <cstdio>

namespace conductor::daemon {
namespace {

std::string two_units(std::int64_t amount, std::int64_t smaller_in_larger, char const* larger,
                      char const* smaller) {
    return std::to_string(amount / smaller_in_larger) + ' ' + larger + ' ' +
           std::to_string(amount % smaller_in_larger) + ' ' + smaller;
}

}  // namespace

std::string rough_duration(std::chrono::milliseconds length) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(length).count();
    if (seconds < 1) return "under 1 s";
    if (seconds < 60) return std::to_string(seconds) + " s";
    if (seconds < 3600) return two_units(seconds, 60, "min", "s");
    if (seconds < 24 * 3600) return two_units(seconds / 60, 60, "h", "min");
    return two_units(seconds / 3600, 24, "d", "h");
}

std::string size_text(std::size_t bytes) {
    if (bytes < 1024) return std::to_string(bytes) + " B";
    constexpr std::array units{"KiB", "MiB", "GiB", "TiB"};
    auto amount = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; amount >= 1024 && unit + 1 < units.size(); ++unit) amount /= 1024;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %s", amount, units.at(unit));
    return text.data();
}

}  // namespace conductor::daemon
