#pragma once

#include <conductor/environment.hpp>

#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

namespace conductor::simulation {

/** @brief One number made of another, so that neighbours have nothing in common (SplitMix64). */
constexpr std::uint64_t mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

/** @brief All chance of a simulation: what it gives follows from the seed alone (xoshiro256**). */
class chance final : public random_source {
public:
    /** @brief Begins where the seed says. */
    explicit chance(std::uint64_t seed) {
        for (auto& word : state_) word = seed = mix(seed);
    }

    /** @brief The next 64 bits. */
    std::uint64_t next() {
        auto const given = std::rotl(state_[1] * 5, 7) * 9;
        auto const shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return given;
    }
    double unit() override { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /** @brief A number from 0 to `limit` - 1. */
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    /** @brief True once in so many times. */
    bool one_in(std::uint64_t times) { return below(times) == 0; }
    /** @brief A number of the range, both ends included. */
    std::uint64_t among(std::uint64_t least, std::uint64_t most) {
        return least + below(most - least + 1);
    }
    /** @brief A time of the range, in whole milliseconds. */
    std::chrono::milliseconds between(std::chrono::milliseconds least,
                                      std::chrono::milliseconds most) {
        auto const width = static_cast<std::uint64_t>((most - least).count());
        return least + std::chrono::milliseconds{below(width + 1)};
    }
    /** @brief A source of its own: what is drawn there changes nothing here. */
    chance fork() { return chance{next()}; }

private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace conductor::simulation
