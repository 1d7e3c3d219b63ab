#include "behaviour.hpp"

#include <boost/asio/this_coro.hpp>

#include <functional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>

namespace conductor::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// From then on a task is done whatever happens, so that each step comes to an end.
constexpr std::int64_t tries_max = 6;

milliseconds draw_duration(chance& luck) {
    auto const kind = luck.below(100);
    if (kind < 60) return luck.between(milliseconds{0}, milliseconds{300});
    if (kind < 85) return luck.between(milliseconds{300}, milliseconds{5000});
    if (kind < 97) return luck.between(milliseconds{5000}, milliseconds{40'000});
    return luck.between(milliseconds{60'000}, milliseconds{200'000});
}

behaviour::end draw_end(chance& luck) {
    auto const kind = luck.below(100);
    if (kind < 68) return behaviour::end::completes;
    if (kind < 78) return behaviour::end::fails;
    if (kind < 82) return behaviour::end::fails_for_good;
    if (kind < 86) return behaviour::end::throws;
    return behaviour::end::calls_back;
}

// Everything that a handler says holds its run's number, so that it can be told whose it is.
task_result finish(behaviour const& what, handler_ground const& ground, task const& claimed,
                   task_context& context) {
    auto const number = ground.noted->run_under_way(*ground.of, claimed.id());
    for (int line = 0; line < what.log_lines; ++line) context.log("line " + std::to_string(line));
    auto const text = "run " + std::to_string(number);
    boost::json::object output{{"run", number}};
    if (what.heeds_stop && context.stop_token().stop_requested())
        return task_result::failed(text, std::move(output));
    switch (what.ending) {
        case behaviour::end::fails: return task_result::failed(text, std::move(output));
        case behaviour::end::fails_for_good:
            return task_result::failed_for_good(text, std::move(output));
        case behaviour::end::throws: throw std::runtime_error(text);
        case behaviour::end::calls_back:
            return task_result::call_back_after(what.delay, std::move(output));
        case behaviour::end::completes: break;
    }
    return task_result::completed(std::move(output));
}

awaitable<task_result> run_steadily(handler_ground ground, task const& claimed,
                                    task_context& context) {
    auto const what = behaviour_of(ground.seed, claimed);
    auto const until = ground.time->now() + what.duration;
    auto const asleep = ground.time->make_timer(co_await boost::asio::this_coro::executor);
    auto const wake = [&] {
        if (what.heeds_stop) asleep->wake();
    };
    std::stop_callback<decltype(wake)> const heed(context.stop_token(), wake);
    bool const asked = what.heeds_stop && context.stop_token().stop_requested();
    if (!asked && what.duration.count() > 0) co_await asleep->wait_until(until);
    co_return finish(what, ground, claimed, context);
}

}  // namespace

behaviour behaviour_of(std::uint64_t seed, task const& claimed) {
    chance luck(mix(seed) ^ std::hash<std::string_view>{}(claimed.id()) ^
                mix(static_cast<std::uint64_t>(claimed.poll_count())));
    behaviour drawn{.duration = draw_duration(luck),
                    .ending = draw_end(luck),
                    .delay = seconds{luck.below(16)},
                    .heeds_stop = !luck.one_in(4),
                    .log_lines = luck.one_in(10) ? 12 : 0};
    if (claimed.poll_count() + claimed.retry_count() > tries_max)
        drawn = {.duration = milliseconds{10}};
    return drawn;
}

handler coroutine_handler_of(handler_ground ground) {
    return coroutine_handler([ground](task const& claimed, task_context& context) {
        return run_steadily(ground, claimed, context);
    });
}

handler blocking_handler_of(handler_ground ground) {
    return blocking_handler([ground](task const& claimed, task_context& context) {
        return finish(behaviour_of(ground.seed, claimed), ground, claimed, context);
    });
}

void virtual_threads::post(std::function<void()> job) {
    if (++*busy_ > reserved_) facts_->judge("no_job_waits_for_a_thread", "too few are reserved");
    auto const run = [alive = is_alive_, busy = busy_, job = std::move(job)] {
        if (!*alive) return;
        --*busy;
        job();
    };
    time_->after(draw_duration(luck_), run);
}

}  // namespace conductor::simulation
