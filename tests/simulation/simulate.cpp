#include "scenario.hpp"
#include "world.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace conductor::simulation {
namespace {

constexpr std::size_t last_lines = 60;

struct arguments {
    std::uint64_t first = 1;
    std::uint64_t count = 10'000;
    bool with_trace = false;
    bool goes_on = false;
};

outcome simulate(std::uint64_t seed, identity_folders const& folders, bool keeps_trace) {
    return world(draw_scenario(seed, folders.all()), keeps_trace).run();
}

void print_trace(outcome const& seen, std::size_t lines) {
    auto const skipped = seen.trace.size() > lines ? seen.trace.size() - lines : 0;
    for (auto at = skipped; at < seen.trace.size(); ++at) std::puts(seen.trace[at].c_str());
}

// The same seed goes the same way again, now with a trace.
void report(std::uint64_t seed, outcome const& failed, identity_folders const& folders) {
    auto const again = simulate(seed, folders, true);
    print_trace(again, last_lines);
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed),
                failed.violation->c_str());
    std::printf("replay it with: scripts/simulate --seed %llu\n",
                static_cast<unsigned long long>(seed));
    if (again.fingerprint != failed.fingerprint)
        std::puts(
            "the replay went another way: something in the simulation is left to real chance");
}

int trace_one(std::uint64_t seed, identity_folders const& folders) {
    auto const seen = simulate(seed, folders, true);
    print_trace(seen, seen.trace.size());
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed),
                seen.violation ? seen.violation->c_str() : "all invariants hold");
    return seen.violation ? 1 : 0;
}

int run_all(arguments const& asked, identity_folders const& folders) {
    auto const began = std::chrono::steady_clock::now();
    std::uint64_t failed = 0;
    std::uint64_t events = 0;
    std::uint64_t runs = 0;
    for (auto seed = asked.first; seed < asked.first + asked.count; ++seed) {
        auto const seen = simulate(seed, folders, false);
        events += seen.events;
        runs += seen.runs;
        if (!seen.violation) continue;
        if (++failed == 1 || !asked.goes_on)
            report(seed, seen, folders);
        else
            std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed),
                        seen.violation->c_str());
        if (!asked.goes_on) return 1;
    }
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
    std::printf("%llu seeds, %llu failed, %llu handler runs, %llu events, %.1f s\n",
                static_cast<unsigned long long>(asked.count),
                static_cast<unsigned long long>(failed), static_cast<unsigned long long>(runs),
                static_cast<unsigned long long>(events), took.count());
    return failed > 0 ? 1 : 0;
}

bool read_number(char const* text, std::uint64_t& number) {
    std::string_view const all(text);
    auto const [end, error] = std::from_chars(all.data(), all.data() + all.size(), number);
    return error == std::errc{} && end == all.data() + all.size();
}

bool read_arguments(int count, char** words, arguments& asked) {
    for (int at = 1; at < count; ++at) {
        std::string_view const word(words[at]);
        if (word == "--trace")
            asked.with_trace = true;
        else if (word == "--go-on")
            asked.goes_on = true;
        else if (word == "--first" && at + 1 < count) {
            if (!read_number(words[++at], asked.first)) return false;
        } else if (word == "--count" && at + 1 < count) {
            if (!read_number(words[++at], asked.count)) return false;
        } else
            return false;
    }
    return true;
}

}  // namespace
}  // namespace conductor::simulation

int main(int count, char** words) {
    using namespace conductor::simulation;
    arguments asked;
    if (!read_arguments(count, words, asked)) {
        std::fputs(
            "usage: simulation [--first SEED] [--count N] [--go-on] | --first SEED --trace\n",
            stderr);
        return 2;
    }
    identity_folders const folders;
    return asked.with_trace ? trace_one(asked.first, folders) : run_all(asked, folders);
}
