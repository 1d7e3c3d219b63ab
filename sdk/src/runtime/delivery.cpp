#include "runtime/core.hpp"
#include "runtime/delivery_steps.hpp"

#include <utility>

namespace conductor::runtime_detail {
namespace {

using reply = result<std::optional<task>>;

// Only a result that ends the task brings another one, and only where a poll could go.
bool may_bring_next(core const& core, task_update const& update, worker_state const& worker) {
    if (!core.stop.running() || update.status == task_status::in_progress) return false;
    if (!core.polls.may_chain(worker.number, core.now())) return false;
    auto const& gate = core.options.poll_gate;
    return !gate || gate(worker.definition->type, worker.definition->options.domain);
}

awaitable<reply> attempt(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                         parcel const& sent, update_call call) {
    // A task that was handed back may be another worker's by now, from whom a second report would
    // take it.
    if (sent.in_doubt && sent.flight->handing_back) {
        auto failed = co_await read_and_send(core, sent);
        if (failed) co_return *std::move(failed);
        co_return std::nullopt;
    }
    if (call == update_call::plain) {
        auto answer = co_await core->api->update(sent.update);
        if (!answer) co_return std::move(answer).error();
        co_return std::nullopt;
    }
    ++worker->chaining;
    auto answer = co_await core->api->update_and_poll(sent.update);
    --worker->chaining;
    core->recoverer->wake();
    if (answer)
        core->polls.chained(worker->number, answer->has_value(), core->now());
    else if (answer.error().may_have_arrived)
        core->recovery.suspect(worker->definition->type, core->now());
    co_return answer;
}

// While the runtime stops there may be no second attempt.
bool goes_to_outbox_first(core const& core) {
    return core.options.outbox_mode == outbox_mode::always || !core.stop.running();
}

}  // namespace

awaitable<std::optional<claim>> deliver(std::shared_ptr<core> core, std::shared_ptr<flight> flight,
                                        std::shared_ptr<worker_state> worker, task_update update) {
    flight->reporting = true;
    flight->handing_back = update.status == task_status::in_progress;
    parcel sent{std::move(flight), std::move(update)};
    auto const started = core->now();
    update_policy policy(core->v2.choose(may_bring_next(*core, sent.update, *worker), started),
                         core->options.update_backoff, started + core->options.update_time_max);
    ++core->pending_updates;
    if (goes_to_outbox_first(*core)) co_await store(core, sent);
    while (true) {
        co_await take_turn(core, sent.flight);
        if (co_await is_settled(core, sent)) co_return std::nullopt;
        // Much may have changed since: a stop, a pause, fewer slots.
        auto const call =
            may_bring_next(*core, sent.update, *worker) ? policy.call() : update_call::plain;
        auto const began = core->now();
        auto answer = co_await attempt(core, worker, sent, call);
        end_turn(*core, *sent.flight);
        auto const now = core->now();
        if (answer) {
            if (policy.proved_v2_missing()) core->v2.missing(now);
            // The task that it brought is not in flight yet: no look may find it before it is.
            bool const brings = answer->has_value();
            if (brings) ++worker->chaining;
            co_await settle_as_delivered(core, sent, now - began);
            if (!brings) co_return std::nullopt;
            --worker->chaining;
            core->recoverer->wake();
            co_return claim{**std::move(answer), began, began, now - began};
        }
        sent.in_doubt |= answer.error().may_have_arrived;
        if (sent.flight->claimed_again || sent.flight->cancelled) continue;
        auto const verdict = policy.failed(answer.error(), now, core->chance());
        if (verdict.v2_missing) core->v2.missing(now);
        if (!verdict.delay) {
            co_await settle_as_lost(core, sent, answer.error());
            co_return std::nullopt;
        }
        if (verdict.delay->count() == 0) continue;
        core->tell(events::update_failed{sent.update, answer.error(), *verdict.delay, now - began});
        if (co_await store(core, sent)) {
            spawn_detached(core, send_again(core, std::move(sent), *verdict.delay));
            co_return std::nullopt;
        }
        co_await pause(core, *verdict.delay);
    }
}

}  // namespace conductor::runtime_detail
