#include "runtime/core.hpp"

#include <utility>

namespace conductor::runtime_detail {
namespace {

using reply = result<std::optional<task>>;

awaitable<reply> attempt(std::shared_ptr<core> core, task_update const& update, update_call call) {
    if (call == update_call::with_poll) co_return co_await core->api->update_and_poll(update);
    auto answer = co_await core->api->update(update);
    if (!answer) co_return std::move(answer).error();
    co_return std::nullopt;
}

// Only a result that ends the task brings another one, and only while polling goes on.
bool may_bring_next(core const& core, task_update const& update, bool backlog) {
    return backlog && core.stop.running() && update.status != task_status::in_progress;
}

awaitable<void> wait(std::shared_ptr<core> core, std::chrono::milliseconds delay) {
    if (delay.count() <= 0) co_return;
    auto const timer = core->environment.clock->make_timer(core->executor);
    co_await timer->wait_until(core->now() + delay);
}

}  // namespace

awaitable<std::optional<task>> deliver(std::shared_ptr<core> core, task_update const& update,
                                       bool& backlog) {
    auto const started = core->now();
    auto const wants_next = may_bring_next(*core, update, backlog);
    update_policy policy(core->v2.choose(wants_next, started), core->options.update_backoff,
                         started + core->options.update_time_max);
    ++core->pending_updates;
    while (true) {
        auto const call = policy.call();
        auto const began = core->now();
        auto answer = co_await attempt(core, update, call);
        auto const now = core->now();
        if (answer) {
            --core->pending_updates;
            if (policy.proved_v2_missing()) core->v2.missing(now);
            if (call == update_call::with_poll) backlog = answer->has_value();
            core->observer->on(events::updated{update, now - began});
            co_return *std::move(answer);
        }
        auto const verdict = policy.failed(answer.error(), now, core->chance());
        if (verdict.v2_missing) core->v2.missing(now);
        if (!verdict.delay) {
            --core->pending_updates;
            core->observer->on(events::update_lost{update, answer.error()});
            co_return std::nullopt;
        }
        if (verdict.delay->count() > 0)
            core->observer->on(
                events::update_failed{update, answer.error(), *verdict.delay, now - began});
        co_await wait(core, *verdict.delay);
    }
}

}  // namespace conductor::runtime_detail
