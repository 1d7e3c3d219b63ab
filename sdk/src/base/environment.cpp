#include <conductor/environment.hpp>

#include "base/handler_threads.hpp"
#include "base/system_clock.hpp"

#include <random>

namespace conductor {
namespace {

class seeded_random final : public random_source {
public:
    double unit() override { return distribution_(engine_); }

private:
    // 32 bits of seed are enough for jitter; a full-size seed sequence would cost 2.5 KB of state.
    std::minstd_rand engine_{std::random_device{}()};
    std::uniform_real_distribution<double> distribution_{0.0, 1.0};
};

}  // namespace

environment environment::system() {
    return {std::make_shared<base::system_clock>(), std::make_shared<seeded_random>(),
            std::make_shared<base::handler_threads>()};
}

}  // namespace conductor
