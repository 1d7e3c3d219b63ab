#include "runtime/delivery_steps.hpp"

#include <chrono>
#include <utility>

namespace conductor::runtime_detail {
namespace {

constexpr std::chrono::seconds removal_rest{10};

// All that is needed of a task whose result waits in the outbox; its input may be large.
std::shared_ptr<task const> without_data(task const& whole) {
    boost::json::object named;
    for (char const* const name : {"taskId", "taskType", "workflowInstanceId", "referenceTaskName",
                                   "responseTimeoutSeconds", "pollCount", "domain"})
        if (auto const* member = whole.document().if_contains(name)) named[name] = *member;
    return std::make_shared<task const>(std::move(named));
}

// A result that finds no room stays in memory alone, so no further task is claimed meanwhile.
void watch_level(core& core) {
    core.polls.hold_all(core.outbox_fails || core.options.outbox->level().full);
    core.dispatcher->wake();
}

// Its room counts again once it is gone.
awaitable<void> remove_later(std::shared_ptr<core> core, outbox_key key) {
    for (bool is_gone = false; !is_gone;) {
        co_await pause(core, removal_rest);
        auto const removed = co_await core->options.outbox->remove(key);
        is_gone = removed.has_value();
    }
    watch_level(*core);
}

awaitable<void> forget(std::shared_ptr<core> core, parcel& sent) {
    if (!sent.key) {
        if (--core->pending_updates == 0 && core->outbox_fails) note_outbox(*core, false);
        co_return;
    }
    --core->stored_updates;
    // An entry that stays behind is sent again after a restart, which does no harm.
    auto const key = *std::exchange(sent.key, std::nullopt);
    auto const removed = co_await core->options.outbox->remove(key);
    if (!removed) spawn_detached(core, remove_later(core, key));
    watch_level(*core);
}

outbox_entry entry_of(core const& core, parcel const& sent) {
    return {.update = sent.update,
            .poll_count = sent.flight->poll_count,
            .created = core.environment.clock->wall()};
}

}  // namespace

void note_outbox(core& core, bool failed) {
    core.outbox_fails = failed;
    watch_level(core);
}

awaitable<void> pause(std::shared_ptr<core> core, std::chrono::milliseconds delay) {
    if (delay.count() <= 0) co_return;
    auto const timer = core->environment.clock->make_timer(core->executor);
    co_await timer->wait_until(core->now() + delay);
}

awaitable<bool> store(std::shared_ptr<core> core, parcel& sent) {
    if (sent.key) co_return true;
    auto const& outbox = core->options.outbox;
    if (!outbox || core->options.outbox_mode == outbox_mode::off) co_return false;
    auto const key = co_await outbox->put(entry_of(*core, sent));
    note_outbox(*core, !key);
    if (!key) co_return false;
    sent.key = *key;
    --core->pending_updates;
    ++core->stored_updates;
    sent.flight->claimed = without_data(*sent.flight->claimed);
    core->tell(events::stored{sent.update});
    co_return true;
}

awaitable<void> settle_as_delivered(std::shared_ptr<core> core, parcel& sent,
                                    std::chrono::nanoseconds took) {
    core->in_flight.remove(*sent.flight);
    if (core->polls.server_answered()) core->tell(events::circuit_closed{});
    core->tell(events::updated{sent.update, took});
    co_await forget(core, sent);
}

awaitable<void> settle_as_lost(std::shared_ptr<core> core, parcel& sent, failure why) {
    core->in_flight.remove(*sent.flight);
    core->tell(events::update_lost{sent.update, why});
    co_await forget(core, sent);
}

awaitable<bool> is_settled(std::shared_ptr<core> core, parcel& sent) {
    auto& flight = *sent.flight;
    if (!flight.claimed_again && !flight.cancelled) co_return false;
    end_turn(*core, flight);
    // Nothing but the report itself can have put the task back.
    bool const has_arrived =
        sent.in_doubt && flight.handing_back && flight.cancelled == cancel_reason::moved_on;
    if (flight.claimed_again || has_arrived)
        co_await settle_as_delivered(core, sent, std::chrono::nanoseconds{0});
    else
        co_await settle_as_lost(core, sent, no_longer_ours(flight));
    co_return true;
}

awaitable<std::optional<failure>> read_and_send(std::shared_ptr<core> core, parcel const& sent) {
    auto const& flight = sent.flight;
    auto const read = co_await core->api->get(sent.update.task_id);
    if (!read) {
        if (read.error().code == condition::gone) flight->cancelled = cancel_reason::ended;
        auto error = read.error();
        error.may_have_arrived = false;  // nothing was reported
        co_return error;
    }
    auto const whose = ownership_of(*read, flight->worker_id, flight->poll_count);
    if (whose == ownership::ours) {
        auto const done = co_await core->api->update(sent.update);
        if (done) co_return std::nullopt;
        co_return done.error();
    }
    flight->cancelled = whose == ownership::ended ? cancel_reason::ended : cancel_reason::moved_on;
    co_return no_longer_ours(*flight);
}

failure no_longer_ours(flight const& flight) {
    return {errc::stopped, flight.cancelled == cancel_reason::moved_on
                               ? "another claim holds the task"
                               : "the server has ended the task"};
}

}  // namespace conductor::runtime_detail
