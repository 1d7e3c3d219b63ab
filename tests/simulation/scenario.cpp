#include "scenario.hpp"

#include <algorithm>
#include <array>

namespace conductor::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds storm{60'000};
constexpr std::array<char const*, 2> types{"steady", "sturdy"};

// Most calls go well even in a storm, and some seeds know no trouble at all: what must hold without
// excuse is held against those.
fault_rates draw_faults(chance& luck) {
    auto const rate = [&]() -> std::uint64_t {
        constexpr std::array<std::uint64_t, 5> rates{0, 0, 200, 60, 20};
        return rates[luck.below(rates.size())];
    };
    fault_rates drawn{.refused = rate(),
                      .lost = rate(),
                      .late = rate(),
                      .reset = rate(),
                      .twice = rate(),
                      .status = rate(),
                      .slow = rate()};
    drawn.slow_max = luck.between(milliseconds{500}, milliseconds{40'000});
    drawn.way_max = luck.one_in(4) ? milliseconds{200} : milliseconds{20};
    return drawn;
}

worker_options draw_worker_options(chance& luck) {
    worker_options drawn;
    drawn.slots = luck.among(1, 4);
    drawn.poll_timeout = luck.one_in(3) ? milliseconds{1000} : milliseconds{5000};
    drawn.poll_interval = milliseconds{luck.one_in(3) ? 100 : 1000};
    drawn.lease = !luck.one_in(12);
    if (luck.one_in(4)) drawn.cancel_check = seconds{5};
    if (luck.one_in(6)) {
        drawn.brake_after = 3;
        drawn.brake_rest = seconds{10};
    }
    return drawn;
}

runtime_options draw_runtime_options(chance& luck) {
    runtime_options drawn;
    if (luck.one_in(3)) drawn.in_flight_max = luck.among(1, 4);
    drawn.poll_time_max = luck.one_in(2) ? seconds{30} : seconds{180};
    drawn.outbox_mode = luck.one_in(2) ? outbox_mode::always : outbox_mode::on_failure;
    drawn.grace = luck.between(milliseconds{500}, milliseconds{25'000});
    drawn.abort_grace = luck.between(milliseconds{100}, milliseconds{2000});
    return drawn;
}

process_plan draw_process(std::size_t number, std::filesystem::path const& folder, chance& luck) {
    process_plan drawn{.name = "p" + std::to_string(number)};
    // The first process serves every type, so that each task finds somebody.
    auto const served = number == 0 ? 3 : luck.among(1, 3);
    for (std::size_t type = 0; type < types.size(); ++type)
        if ((served >> type & 1U) != 0)
            drawn.types.push_back({types[type], type == 1, draw_worker_options(luck)});
    drawn.options = draw_runtime_options(luck);
    if (!luck.one_in(3)) drawn.options.state_dir = folder;
    drawn.has_outbox = !luck.one_in(4);
    drawn.disk.rows_max = luck.one_in(6) ? 2 : 50;
    drawn.disk.failures = luck.one_in(4) ? 20 : 0;
    return drawn;
}

trouble_plan draw_trouble(scenario const& drawn, chance& luck) {
    using kind = trouble_plan::kind;
    constexpr std::array<kind, 14> kinds{
        kind::server_down, kind::server_down, kind::tokens_refused, kind::crash, kind::crash,
        kind::crash,       kind::crash,       kind::drain,          kind::drain, kind::abort,
        kind::set_slots,   kind::wall_jump,   kind::cancel,         kind::cancel};
    trouble_plan made{.at = luck.between(milliseconds{0}, storm),
                      .what = kinds[luck.below(kinds.size())],
                      .which = luck.below(drawn.processes.size()),
                      .lasts = luck.between(milliseconds{50}, milliseconds{30'000})};
    made.type = types[luck.below(types.size())];
    made.number = luck.among(1, 5);
    if (made.what == kind::cancel) made.which = luck.below(drawn.steps.size());
    return made;
}

void add_pauses(scenario& drawn, chance& luck) {
    trouble_plan made{.at = luck.between(milliseconds{0}, storm / 2),
                      .what = trouble_plan::kind::pause,
                      .which = luck.below(drawn.processes.size())};
    made.type = types[luck.below(types.size())];
    drawn.troubles.push_back(made);
    made.at += luck.between(milliseconds{0}, storm / 2);
    made.what = trouble_plan::kind::resume;
    drawn.troubles.push_back(made);
}

void add_steps(scenario& drawn, chance& luck) {
    constexpr std::array<int, 5> timeouts{5, 10, 20, 60, 120};
    auto const count = luck.among(3, 24);
    bool const burst = luck.one_in(2);
    for (std::size_t number = 0; number < count; ++number)
        drawn.steps.push_back({.at = burst ? milliseconds{0} : luck.between(milliseconds{0}, storm),
                               .type = types[luck.below(types.size())],
                               .response_timeout = seconds{timeouts[luck.below(timeouts.size())]}});
}

}  // namespace

scenario draw_scenario(std::uint64_t seed, std::vector<std::filesystem::path> const& folders) {
    chance luck(seed);
    scenario drawn{.seed = seed};
    auto const mood = luck.below(4);
    drawn.server.has_index = !luck.one_in(6);
    drawn.server.has_update_v2 = !luck.one_in(6);
    drawn.server.extension_max = luck.one_in(3) ? milliseconds{500} : milliseconds{30};
    if (mood > 1) drawn.faults = draw_faults(luck);
    // Two processes may be given one folder: only one of them gets the id that is kept there.
    bool const shares_folder = luck.one_in(8);
    auto const processes = luck.among(1, 3);
    for (std::size_t number = 0; number < processes; ++number)
        drawn.processes.push_back(draw_process(number, folders[shares_folder ? 0 : number], luck));
    add_steps(drawn, luck);
    auto const troubles = mood == 0 ? 0 : luck.among(0, 8);
    for (std::size_t number = 0; number < troubles; ++number)
        drawn.troubles.push_back(draw_trouble(drawn, luck));
    if (luck.one_in(4)) add_pauses(drawn, luck);
    drawn.healed_at = storm + seconds{5};
    return drawn;
}

}  // namespace conductor::simulation
