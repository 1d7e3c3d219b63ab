#include "runtime/core.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {
namespace {

constexpr std::size_t page_size = 100;
constexpr std::size_t pages_max = 50;

using tasks = std::vector<task>;

void hold_polls(core& core, std::string const& type, bool held) {
    for (auto const& worker : core.workers)
        if (worker->definition->type == type)
            core.polls.hold(worker->number, poll_hold::recovering, held, core.now());
    core.dispatcher->wake();
}

bool is_claiming(core const& core, std::string const& type) {
    return std::ranges::any_of(core.workers, [&](auto const& worker) {
        return worker->definition->type == type &&
               (core.polls.is_polling(worker->number) || worker->chaining > 0);
    });
}

awaitable<result<tasks>> search_all(std::shared_ptr<core> core, std::string type) {
    tasks found;
    for (std::size_t page = 0; page < pages_max; ++page) {
        search_request asked{.type = type, .start = page * page_size, .count = page_size};
        auto hits = co_await core->api->search(std::move(asked));
        if (!hits) co_return std::move(hits).error();
        std::ranges::move(*hits, std::back_inserter(found));
        if (hits->size() < page_size) break;
    }
    co_return found;
}

// Tasks of the type that were in flight before the search began, and are.
std::vector<std::shared_ptr<flight>> known_flights(core const& core, std::string const& type) {
    auto known = core.in_flight.all();
    std::erase_if(known, [&](auto const& one) {
        return one->claimed->type() != type || one->calling || one->cancelled;
    });
    return known;
}

bool shows(tasks const& hits, flight const& known) {
    return std::ranges::any_of(hits,
                               [&](auto const& hit) { return hit.id() == known.claimed->id(); });
}

// Whether the search is of any use: it must show what is known to be there.
awaitable<bool> is_blind(std::shared_ptr<core> core, std::vector<std::shared_ptr<flight>> known,
                         tasks const& hits) {
    for (auto const& one : known) {
        if (!shows(hits, *one)) continue;
        core->recovery.shown();
        co_return false;
    }
    if (core->recovery.is_trusted() || known.empty()) co_return false;
    auto const read = co_await core->api->get(std::string(known.front()->claimed->id()));
    co_return read&& ownership_of(*read, known.front()->worker_id, known.front()->poll_count) ==
        ownership::ours;
}

std::shared_ptr<worker_state> worker_of(core const& core, task const& claimed) {
    auto const serves = [&](auto const& worker) {
        return worker->definition->type == claimed.type() &&
               worker->definition->options.domain == claimed.domain();
    };
    auto const found = std::ranges::find_if(core.workers, serves);
    return found == core.workers.end() ? nullptr : *found;
}

bool may_pass(failure const& error) {
    return error.code == condition::transient || error.code == condition::unauthorized;
}

// A searched copy lacks what the server fills in at poll time, so it is never run. Gives what kept
// it from finding out whose the task is.
awaitable<std::optional<failure>> recover(std::shared_ptr<core> core, task const& hit) {
    std::string const id(hit.id());
    core->recovery.seek(id);
    std::optional<task> read;
    for (int reading = 0; reading < 2; ++reading) {
        auto answer = co_await core->api->get(id);
        if (!answer && answer.error().code != condition::gone) co_return answer.error();
        // An answer that took long may tell of a claim that has come in, and gone, in the meantime.
        if (!answer || !core->recovery.seeks(id) ||
            ownership_of(*answer, core->worker_id, hit.poll_count()) != ownership::ours)
            co_return std::nullopt;
        read = *std::move(answer);
    }
    auto const worker = worker_of(*core, *read);
    if (!worker) co_return std::nullopt;
    auto const claimed = std::make_shared<task const>(*std::move(read));
    auto const flight = take_off(*core, claimed, worker->definition->options, core->now());
    core->recovery.gave_back(id, claimed->poll_count());
    core->tell(events::recovered{*claimed});
    // Nobody waits for it: a report that fails is repeated for as long as it takes.
    spawn(core, return_task(core, worker, flight));
    co_return std::nullopt;
}

// Gives a failure that may pass, if one kept it from finding out about all of them.
awaitable<std::optional<failure>> recover_all(std::shared_ptr<core> core, std::string type,
                                              tasks const& hits) {
    std::optional<failure> passing;
    for (auto const& hit : hits) {
        // An asterisk in a type's name stands for any text to the server's search.
        if (hit.type() != type || hit.worker_id() != core->worker_id) continue;
        if (core->in_flight.find(hit.id())) continue;
        auto failed = co_await recover(core, hit);
        if (failed && may_pass(*failed)) passing = std::move(failed);
    }
    co_return passing;
}

awaitable<void> look(std::shared_ptr<core> core, std::string type) {
    while (is_claiming(*core, type)) co_await core->recoverer->wait_until(time_point::max());
    auto const known = known_flights(*core, type);
    auto const hits = co_await search_all(core, type);
    if (!hits) {
        if (!may_pass(hits.error())) {
            core->recovery.unavailable(core->now());
            core->tell(events::recovery_unavailable{hits.error().message()});
        } else {
            core->recovery.failed(type, core->now());
        }
        co_return;
    }
    if (co_await is_blind(core, known, *hits)) {
        core->recovery.unavailable(core->now());
        core->tell(events::recovery_unavailable{
            "the server's task search does not show a task that is in progress; is indexing off?"});
        co_return;
    }
    if (co_await recover_all(core, type, *hits))
        core->recovery.failed(type, core->now());
    else
        core->recovery.looked(type, core->now());
}

}  // namespace

awaitable<void> recover_claims(std::shared_ptr<core> core) {
    while (core->stop.running()) {
        auto const type = core->recovery.due(core->now());
        if (!type) {
            co_await core->recoverer->wait_until(core->recovery.next());
            continue;
        }
        hold_polls(*core, *type, true);
        co_await look(core, *type);
        hold_polls(*core, *type, false);
    }
}

}  // namespace conductor::runtime_detail
