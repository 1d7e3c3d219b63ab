#include <conductor/environment.hpp>

#include "base/handler_threads.hpp"
#include "base/system_clock.hpp"

#include <cstdint>
#include <random>

namespace conductor {
namespace {

class seeded_random final : public random_source {
public:
    double unit() override { return distribution_(engine_); }

private:
    static std::uint64_t seed() {
        std::random_device device;
        return (std::uint64_t{device()} << 32) | device();
    }

    // 64 bits: names of processes are made of it, which must not meet. A Mersenne twister would
    // cost 2.5 KB of state.
    std::linear_congruential_engine<std::uint64_t, 6364136223846793005U, 1442695040888963407U, 0>
        engine_{seed()};
    std::uniform_real_distribution<double> distribution_{0.0, 1.0};
};

}  // namespace

environment environment::system() {
    return {std::make_shared<base::system_clock>(), std::make_shared<seeded_random>(),
            std::make_shared<base::handler_threads>()};
}

}  // namespace conductor
