#include "world.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <utility>

namespace conductor::simulation {
namespace {

using std::chrono::milliseconds;
using kind = trouble_plan::kind;

constexpr std::size_t folders_max = 3;
// Long after the last trouble: the longest handlers, waits and response timeouts have passed.
constexpr std::chrono::hours rest_within{2};
constexpr std::uint64_t steps_max = 3'000'000;
constexpr std::uint64_t steps_at_once_max = 20'000;

}  // namespace

identity_folders::identity_folders()
    : root_(std::filesystem::temp_directory_path() /
            ("conductor-simulation-" + std::to_string(::getpid()))) {
    for (std::size_t number = 0; number < folders_max; ++number) {
        all_.push_back(root_ / std::to_string(number));
        std::filesystem::create_directories(all_.back());
        std::ofstream(all_.back() / "worker-id")
            << "00000000-0000-4000-8000-00000000000" << number << "\n";
    }
}

identity_folders::~identity_folders() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
}

world::world(scenario plan, bool keeps_trace)
    : plan_(std::move(plan)),
      luck_(mix(plan_.seed)),
      time_(luck_.fork()),
      facts_(time_),
      server_(time_, luck_.fork(), facts_, plan_.server),
      network_(time_, luck_.fork(), facts_, server_, plan_.faults) {
    facts_.about(server_);
    if (keeps_trace) facts_.keep_trace();
    process_ground const ground{plan_.seed, &time_, &facts_, &server_, &network_};
    for (auto const& one : plan_.processes) processes_.emplace_back(ground, one, luck_.fork());
}

void world::lay_out() {
    for (auto const& step : plan_.steps)
        time_.after(step.at,
                    [this, step] { server_.begin_step(step.type, step.response_timeout); });
    for (auto const& trouble : plan_.troubles)
        time_.after(trouble.at, [this, trouble] { happen(trouble); });
    time_.after(plan_.healed_at, [this] { heal(); });
    for (auto& one : processes_) one.start();
}

void world::start_later(process& stopped, milliseconds delay) {
    time_.after(delay, [this, &stopped] {
        if (!is_closing_) stopped.start();
    });
}

void world::happen(trouble_plan const& trouble) {
    auto& process = processes_[std::min(trouble.which, processes_.size() - 1)];
    switch (trouble.what) {
        case kind::server_down:
            facts_.say("server", "goes down");
            server_.go_down();
            time_.after(trouble.lasts, [this] { server_.come_up(); });
            break;
        case kind::tokens_refused:
            facts_.say("server", "refuses tokens");
            server_.refuse_tokens(true);
            time_.after(trouble.lasts, [this] { server_.refuse_tokens(false); });
            break;
        case kind::crash:
            process.crash();
            start_later(process, trouble.lasts);
            break;
        case kind::drain: process.drain(); break;
        case kind::abort: process.abort(); break;
        case kind::pause: process.pause(trouble.type); break;
        case kind::resume: process.resume(trouble.type); break;
        case kind::set_slots: process.set_slots(trouble.type, trouble.number); break;
        case kind::wall_jump:
            process.jump_wall_clock(trouble.number % 2 == 0 ? -trouble.lasts * 100 : trouble.lasts);
            break;
        case kind::cancel: server_.cancel_step(trouble.which); break;
    }
}

void world::heal() {
    facts_.say("world", "heals");
    is_healed_ = true;
    network_.heal();
    server_.come_up();
    server_.refuse_tokens(false);
    for (auto& one : processes_)
        for (auto const& served : one.plan().types) one.resume(served.type);
    keep_running();
}

// A process that has ended by itself is started again, as an operator would.
void world::keep_running() {
    if (is_closing_) return;
    for (auto& one : processes_) one.start();
    time_.after(std::chrono::seconds{10}, [this] { keep_running(); });
}

bool world::is_at_rest() const {
    if (!is_healed_ || !server_.is_done()) return false;
    if (!std::ranges::all_of(processes_, &process::is_disk_empty)) return false;
    return std::ranges::none_of(
        facts_.runs(), [](simulation::run const& one) { return one.state <= run_state::stored; });
}

// Who waits for what is past already comes round again and again, and time stands still.
void world::watch_time() {
    if (std::exchange(stepped_at_, time_.now()) != time_.now()) steps_at_once_ = 0;
    if (++steps_at_once_ > steps_at_once_max)
        facts_.judge("time_goes_on", "a process is busy without end");
}

// A process goes on before time does; yet what is due at this moment may come in between.
bool world::step() {
    ++steps_;
    watch_time();
    if (time_.is_due() && luck_.one_in(4)) return time_.step();
    auto const first = processes_.size() == 1 ? 0 : luck_.below(processes_.size());
    for (std::size_t next = 0; next < processes_.size(); ++next)
        if (processes_[(first + next) % processes_.size()].poll_one()) return true;
    return time_.step();
}

bool world::run_until_rest() {
    auto const limit = time_.now() + plan_.healed_at + rest_within;
    while (!facts_.violation() && time_.now() < limit && steps_ < steps_max) {
        if (!step()) break;
        if (steps_ % 16 == 0 && is_at_rest()) return true;
    }
    return false;
}

void world::close_down() {
    is_closing_ = true;
    for (auto& one : processes_) one.drain();
    auto const is_up = [](process const& one) { return one.is_up(); };
    auto const limit = time_.now() + std::chrono::minutes{5};
    while (!facts_.violation() && std::ranges::any_of(processes_, is_up) && time_.now() < limit)
        if (!step()) break;
    if (std::ranges::any_of(processes_, is_up))
        facts_.judge("a_drain_comes_to_an_end", "a process still runs");
}

outcome world::run() {
    lay_out();
    run_until_rest();
    if (!facts_.violation()) facts_.at_rest();
    if (!facts_.violation()) close_down();
    for (auto& one : processes_) one.crash();
    return {.violation = facts_.violation(),
            .trace = facts_.trace(),
            .fingerprint = facts_.fingerprint(),
            .events = time_.happened() + steps_,
            .runs = facts_.runs().size(),
            .lasted = time_.elapsed()};
}

}  // namespace conductor::simulation
