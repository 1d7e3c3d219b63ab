#include "process.hpp"

#include "simulated_api.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>
#include <stop_token>
#include <utility>

namespace conductor::simulation {
namespace {

class noting_observer final : public runtime_observer {
public:
    noting_observer(std::shared_ptr<life> of, facts& noted) : of_(std::move(of)), facts_(&noted) {}
    void on(runtime_event const& told) override { facts_->on(of_, told); }

private:
    std::shared_ptr<life> of_;
    facts* facts_;
};

}  // namespace

runtime_options process::options_of(incarnation& made) {
    auto options = plan_.options;
    // All are configured alike: nothing but the id of each makes its name one of its own.
    options.worker_id = "worker";
    options.observer = std::make_shared<noting_observer>(made.alive, *on_.noted);
    if (plan_.has_outbox)
        options.outbox = std::make_shared<simulated_outbox>(
            simulated_outbox::ground{on_.time, made.lot, disk_, on_.noted, &made.disk_luck});
    return options;
}

void process::add_types(incarnation& made) const {
    for (auto const& one : plan_.types) {
        handler_ground ground{on_.seed, made.alive, on_.noted, made.time};
        auto run = one.is_blocking ? blocking_handler_of(ground) : coroutine_handler_of(ground);
        made.runtime->add(worker{one.type, std::move(run), one.options});
        made.alive->slots[one.type] = made.alive->slots_ever[one.type] = one.options.slots;
        made.alive->keeps_leases &= one.options.lease;
    }
}

void process::start() {
    if (now_) return;
    now_ = std::make_unique<incarnation>();
    auto& made = *now_;
    made.disk_luck = luck_.fork();
    made.alive = on_.noted->begin_life(plan_.name + "#" + std::to_string(++starts_));
    made.alive->in_flight_max = plan_.options.in_flight_max;
    on_.noted->say(made.alive->name, "starts");
    made.time = std::make_shared<virtual_clock>(*on_.time, made.lot);
    made.threads = std::make_shared<virtual_threads>(*on_.time, luck_.fork(), *on_.noted);
    auto const api = std::make_shared<simulated_api>(
        simulated_api::ends{made.alive, made.lot, on_.way, on_.at, on_.noted});
    made.runtime = std::make_unique<conductor::runtime>(
        [api](boost::asio::any_io_executor const&) { return api; },
        environment{made.time, std::make_shared<chance>(luck_.fork()), made.threads},
        options_of(made));
    add_types(made);
    // The runtime's own loop is driven from outside: stopped, run() only begins everything.
    auto const executor = made.runtime->get_executor();
    made.loop = &static_cast<boost::asio::io_context&>(
        boost::asio::query(executor, boost::asio::execution::context));
    made.loop->stop();
    made.runtime->run(std::stop_token{});
    made.loop->restart();
}

bool process::poll_one() {
    if (!now_) return false;
    try {
        if (now_->loop->poll_one() > 0) return true;
    } catch (std::exception const& thrown) {
        on_.noted->judge("nothing_is_thrown_out_of_a_runtime", std::string(thrown.what()));
    }
    if (now_->loop->stopped()) end(true);
    return false;
}

void process::end(bool by_itself) {
    auto const ended = std::exchange(now_, nullptr);
    on_.noted->end_life(*ended->alive, by_itself);
    // Handlers that did not return go on after a stop, but not after a crash.
    if (!by_itself) ended->threads->crash();
    ended->lot->crash();
}

void process::crash() {
    if (now_) end(false);
}

template <class Marker>
void process::mark(Marker marker) {
    boost::asio::post(now_->runtime->get_executor(), std::move(marker));
}

void process::ends_within(std::chrono::milliseconds patience) {
    auto& last = now_->alive->ends_at_last;
    last = std::min(last, on_.noted->now() + patience);
}

void process::drain() {
    if (!now_) return;
    on_.noted->say(now_->alive->name, "is asked to drain");
    ends_within(plan_.options.grace + plan_.options.abort_grace);
    now_->runtime->drain();
    mark([alive = now_->alive] { alive->is_draining = true; });
}

void process::abort() {
    if (!now_) return;
    on_.noted->say(now_->alive->name, "is asked to abort");
    ends_within(plan_.options.abort_grace);
    now_->runtime->abort();
    mark([alive = now_->alive] { alive->is_draining = true; });
}

void process::pause(std::string const& type) {
    if (!now_) return;
    now_->runtime->pause(type);
    mark([alive = now_->alive, type] { alive->paused.insert(type); });
}

void process::resume(std::string const& type) {
    if (!now_) return;
    now_->runtime->resume(type);
    mark([alive = now_->alive, type] { alive->paused.erase(type); });
}

void process::set_slots(std::string const& type, std::size_t slots) {
    if (!now_ || !now_->alive->slots.contains(type)) return;
    auto& ever = now_->alive->slots_ever[type];
    ever = std::max(ever, slots);
    now_->runtime->set_slots(type, slots);
    mark([alive = now_->alive, type, slots] { alive->slots[type] = slots; });
}

void process::jump_wall_clock(std::chrono::milliseconds by) {
    if (now_) now_->time->jump(by);
}

}  // namespace conductor::simulation
