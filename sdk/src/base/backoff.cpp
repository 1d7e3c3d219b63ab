#include <conductor/backoff.hpp>

#include <algorithm>
#include <cmath>

namespace conductor {

std::chrono::milliseconds backoff_delay(backoff_options const& options, unsigned attempt,
                                        double chance) noexcept {
    auto const limit = static_cast<double>(options.max.count());
    auto const steps = attempt > 0 ? static_cast<double>(attempt - 1) : 0.0;
    auto const first = static_cast<double>(options.initial.count());
    auto const full = std::min(limit, first * std::pow(options.factor, steps));
    auto const delay = full * (1.0 - options.jitter * chance);
    return std::chrono::milliseconds{std::llround(delay)};
}

}  // namespace conductor
