#include "runtime/delivery_steps.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {
namespace {

constexpr std::size_t senders_max = 8;
constexpr std::chrono::milliseconds read_rest{500};
constexpr int reads_again = 5;

// The flight of a result of an earlier process. Its lease is not kept: nobody knows its options.
std::shared_ptr<flight> flight_of(core const& core, outbox_entry const& entry) {
    task const named{{{"taskId", entry.update.task_id},
                      {"workflowInstanceId", entry.update.workflow_id},
                      {"taskType", entry.update.task_type}}};
    return std::make_shared<flight>(
        flight{.claimed = std::make_shared<task const>(named),
               .worker_id = entry.update.worker_id,
               .poll_count = entry.poll_count,
               .lease = lease_policy({.extend = false}, core.now(), 0.0),
               .reporting = true,
               .handing_back = entry.update.status == task_status::in_progress});
}

// A result of an earlier process. It is read again when its turn has come: all of them together may
// be large.
struct stored_result {
    outbox_key key;
    std::shared_ptr<runtime_detail::flight> flight;
};

using results_left = std::shared_ptr<std::vector<stored_result>>;

// What an outbox holds that cannot be read could be about any task, so nothing is claimed before.
awaitable<std::vector<outbox_key>> keys_of(std::shared_ptr<core> core) {
    auto keys = co_await core->options.outbox->keys();
    while (!keys && core->stop.running()) {
        note_outbox(*core, true);
        co_await pause(core, read_rest);
        keys = co_await core->options.outbox->keys();
    }
    note_outbox(*core, !keys);
    if (!keys) co_return std::vector<outbox_key>{};
    co_return *std::move(keys);
}

// An entry that stays unreadable keeps nobody from the others.
awaitable<std::optional<outbox_entry>> entry_at(std::shared_ptr<core> core, outbox_key key) {
    auto entry = co_await core->options.outbox->read(key);
    for (int again = 0; !entry && again < reads_again; ++again) {
        co_await pause(core, read_rest);
        entry = co_await core->options.outbox->read(key);
    }
    if (!entry) co_return std::nullopt;
    co_return *std::move(entry);
}

awaitable<results_left> take_over(std::shared_ptr<core> core) {
    auto const found = std::make_shared<std::vector<stored_result>>();
    auto const keys = co_await keys_of(core);
    for (auto const key : keys) {
        auto const entry = co_await entry_at(core, key);
        if (!entry) continue;
        auto flight = flight_of(*core, *entry);
        // Of two claims of a task, the later one has the word.
        if (auto const earlier = core->in_flight.find(flight->claimed->id())) give_way(*earlier);
        core->in_flight.add(flight);
        found->push_back({key, std::move(flight)});
    }
    core->stored_updates += found->size();
    std::ranges::reverse(*found);
    co_return found;
}

// Several do this at once, so that one result that cannot be delivered holds up no other.
awaitable<void> replay_some(std::shared_ptr<core> core, results_left left) {
    while (!left->empty()) {
        auto [key, flight] = std::move(left->back());
        left->pop_back();
        auto entry = co_await core->options.outbox->read(key);
        if (!entry) {
            left->insert(left->begin(), {key, std::move(flight)});
            co_await pause(core, read_rest);
            continue;
        }
        if (!*entry) {
            core->in_flight.remove(*flight);
            --core->stored_updates;
            continue;
        }
        parcel sent{std::move(flight), std::move((*entry)->update), key};
        co_await send_again(core, std::move(sent), std::chrono::milliseconds{0});
    }
}

}  // namespace

awaitable<void> send_again(std::shared_ptr<core> core, parcel sent,
                           std::chrono::milliseconds delay) {
    update_policy policy(update_call::plain, core->options.update_backoff, time_point::max());
    while (true) {
        co_await pause(core, delay);
        co_await take_turn(core, sent.flight);
        if (co_await is_settled(core, sent)) co_return;
        auto const began = core->now();
        auto const failed = co_await read_and_send(core, sent);
        end_turn(*core, *sent.flight);
        auto const now = core->now();
        if (!failed) {
            co_await settle_as_delivered(core, sent, now - began);
            co_return;
        }
        delay = std::chrono::milliseconds{0};
        if (sent.flight->cancelled) continue;
        sent.in_doubt |= failed->may_have_arrived;
        auto const verdict = policy.failed(*failed, now, core->chance());
        if (!verdict.delay) {
            co_await settle_as_lost(core, sent, *failed);
            co_return;
        }
        delay = *verdict.delay;
        core->tell(events::update_failed{sent.update, *failed, delay, now - began});
    }
}

awaitable<void> replay_outbox(std::shared_ptr<core> core) {
    auto const left = co_await take_over(core);
    for (std::size_t sender = 0; sender < senders_max; ++sender)
        spawn_detached(core, replay_some(core, left));
}

}  // namespace conductor::runtime_detail
