#include <report/axis.hpp>

#include <algorithm>

namespace conductor::workers::report {
namespace {

constexpr std::int64_t steps_max = 5;

// The smallest of 1, 2, 5, 10, 20, 50, … with which few enough steps reach the value.
std::int64_t step_for(std::int64_t largest) {
    auto const reaches = [&](std::int64_t step) {
        return largest / step + (largest % step != 0) <= steps_max;
    };
    std::int64_t power = 1;
    for (;; power *= 10) {
        for (std::int64_t const factor : {1, 2, 5})
            if (reaches(factor * power)) return factor * power;
    }
}

}  // namespace

std::vector<std::int64_t> axis_ticks(std::int64_t largest) {
    largest = std::max(largest, std::int64_t{1});
    auto const step = step_for(largest);
    std::vector<std::int64_t> ticks{0};
    while (ticks.back() < largest) ticks.push_back(ticks.back() + step);
    return ticks;
}

std::vector<std::size_t> labelled_positions(std::size_t count, std::size_t labels_max) {
    auto const distance = std::max<std::size_t>((count + labels_max - 1) / labels_max, 1);
    std::vector<std::size_t> positions;
    for (std::size_t at = 0; at < count; at += distance) positions.push_back(at);
    return positions;
}

}  // namespace conductor::workers::report
