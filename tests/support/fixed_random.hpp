#pragma once

#include <conductor/environment.hpp>

namespace conductor::test {

/** @brief No chance at all: always the same number. */
class fixed_random final : public random_source {
public:
    /** @brief Gives `unit`, a number of [0, 1). */
    explicit fixed_random(double unit = 0.0) : unit_(unit) {}
    double unit() override { return unit_; }

private:
    double unit_;
};

}  // namespace conductor::test
