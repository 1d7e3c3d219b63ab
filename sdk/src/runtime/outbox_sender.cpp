#include "runtime/delivery_steps.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {
namespace {

constexpr std::size_t senders_max = 8;

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

awaitable<results_left> take_over(std::shared_ptr<core> core) {
    auto const found = std::make_shared<std::vector<stored_result>>();
    auto const keys = co_await core->options.outbox->keys();
    if (!keys) co_return found;
    for (auto const key : *keys) {
        auto const entry = co_await core->options.outbox->read(key);
        if (!entry || !*entry) continue;
        auto flight = flight_of(*core, **entry);
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
        if (!entry || !*entry) {
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
        auto const verdict = policy.failed(*failed, now, core->chance());
        if (sent.flight->cancelled || !verdict.delay) {
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
