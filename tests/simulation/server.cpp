#include "server.hpp"

#include "facts.hpp"

#include <boost/asio/error.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::simulation {
namespace {

using std::chrono::milliseconds;

// The server's queues look again so often while a poll is held.
constexpr milliseconds queue_look{100};
// How late the server may notice that a response timeout has passed.
constexpr milliseconds sweep_max{1000};
// What update-v2 holds its caller for when the queue is empty.
constexpr milliseconds v2_hold{200};

phase phase_of(task_status status) {
    switch (status) {
        case task_status::in_progress: return phase::scheduled;
        case task_status::failed: return phase::failed;
        case task_status::failed_with_terminal_error: return phase::failed_for_good;
        case task_status::completed: break;
    }
    return phase::completed;
}

failure http(int status) { return {.code = make_http_error(status), .may_have_arrived = true}; }

}  // namespace

bool arrival::is_orphaned() const { return !sender->is_alive; }

failure server::reset() {
    return {.code = boost::asio::error::connection_reset, .may_have_arrived = true};
}

server_task* server::find(std::string const& id) {
    auto const found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &tasks_[found->second];
}

server_task const* server::find(std::string const& id) const {
    auto const found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &tasks_[found->second];
}

bool server::is_done() const {
    auto const goes_on = [](server_task const& task) {
        return !has_ended(task.record.status) && !task.is_disturbed;
    };
    return steps_open_ == 0 && std::ranges::none_of(tasks_, goes_on);
}

void server::begin_step(std::string const& type, std::chrono::seconds response_timeout) {
    steps_.emplace_back();
    ++steps_open_;
    add_task(
        steps_.size() - 1,
        {.id = {}, .type = type, .step = steps_.size() - 1, .response_timeout = response_timeout});
    schedule(tasks_.back(), milliseconds{0});
}

void server::add_task(std::size_t of_step, server_task made) {
    made.id = "t" + std::to_string(of_step) + "." + std::to_string(made.retry);
    by_id_.emplace(made.id, tasks_.size());
    steps_[of_step].last_task = tasks_.size();
    tasks_.push_back(std::move(made));
}

void server::retry(server_task const& failed) {
    auto const& failed_in = steps_[failed.step];
    // One that was put back may fail a second time.
    if (!failed_in.is_open || tasks_[failed_in.last_task].id != failed.id) return;
    server_task again{.id = {},
                      .type = failed.type,
                      .step = failed.step,
                      .retry = failed.retry + 1,
                      .response_timeout = failed.response_timeout};
    add_task(failed.step, std::move(again));
    schedule(tasks_.back(), luck_.between(milliseconds{100}, milliseconds{5000}));
}

void server::close(std::size_t of_step) {
    if (std::exchange(steps_[of_step].is_open, false)) --steps_open_;
}

void server::cancel_step(std::size_t of_step) {
    if (of_step >= steps_.size() || !steps_[of_step].is_open) return;
    auto& last = tasks_[steps_[of_step].last_task];
    if (!has_ended(last.record.status)) last.record.status = phase::canceled;
    facts_->say(last.id, "is canceled");
    close(of_step);
}

void server::schedule(server_task& task, milliseconds delay) {
    task.record.status = phase::scheduled;
    task.visible = time_->now() + delay;
    task.updated = time_->now();
    auto const number = by_id_.at(task.id);
    auto& queue = queues_[task.type];
    if (std::ranges::find(queue, number) == queue.end()) queue.push_back(number);
    time_->at(task.visible + luck_.between(milliseconds{0}, queue_look),
              [this, type = task.type] { look_at_held(type); });
}

std::size_t server::waiting(std::string const& type) const {
    auto const found = queues_.find(type);
    if (found == queues_.end()) return 0;
    auto const is_visible = [&](std::size_t number) {
        return tasks_[number].record.status == phase::scheduled &&
               tasks_[number].visible <= time_->now();
    };
    return static_cast<std::size_t>(std::ranges::count_if(found->second, is_visible));
}

std::vector<task> server::claim(poll_request const& asked, arrival how) {
    std::vector<task> claimed;
    auto& queue = queues_[asked.type];
    for (auto at = queue.begin(); at != queue.end() && claimed.size() < asked.count;) {
        auto& task = tasks_[*at];
        bool const is_waiting = task.record.status == phase::scheduled;
        if (is_waiting && task.visible > time_->now()) {
            ++at;
            continue;
        }
        at = queue.erase(at);
        if (!is_waiting) continue;
        task.record.status = phase::in_progress;
        task.record.worker_id = asked.worker_id;
        task.record.callback = std::chrono::seconds{0};
        ++task.record.poll_count;
        task.updated = task.claimed = time_->now();
        task.is_claim_unheard = how.is_copy;
        task.is_claim_orphaned = how.is_orphaned();
        facts_->say(task.id, "is claimed by " + asked.worker_id);
        watch_response(task.id);
        claimed.push_back(task.to_json());
    }
    return claimed;
}

void server::poll(poll_request const& asked, arrival how, reply<std::vector<task>> const& answer) {
    // The SQL queues hold a poll until it is full.
    if (asked.wait.count() == 0 || waiting(asked.type) >= asked.count) {
        answer(claim(asked, how));
        return;
    }
    auto const held =
        std::make_shared<held_poll>(held_poll{asked, how, time_->now() + asked.wait, answer});
    held_.push_back(held);
    time_->at(held->until, [this, held] {
        if (std::erase(held_, held) > 0) held->answer(claim(held->asked, held->how));
    });
}

void server::look_at_held(std::string const& type) {
    auto const is_full = [&](auto const& held) {
        return held->asked.type == type && waiting(type) >= held->asked.count;
    };
    auto const found = std::ranges::find_if(held_, is_full);
    if (found == held_.end()) return;
    auto const held = *found;
    held_.erase(found);
    held->answer(claim(held->asked, held->how));
}

void server::watch_response(std::string const& id) {
    auto const& task = *find(id);
    if (task.response_timeout.count() == 0) return;
    time_->at(task.updated + task.response_timeout + task.record.callback +
                  luck_.between(milliseconds{1}, sweep_max),
              [this, id, count = task.record.poll_count] { time_out(id, count); });
}

void server::time_out(std::string const& id, std::int64_t poll_count) {
    auto& task = *find(id);
    if (task.record.status != phase::in_progress || task.record.poll_count != poll_count) return;
    if (time_->now() - task.updated < task.response_timeout + task.record.callback) return;
    facts_->timed_out(task);
    task.record.status = phase::timed_out;
    retry(task);
}

void server::update(task_update const& told, arrival how, reply<void> const& answer) {
    auto* const task = find(told.task_id);
    if (task == nullptr) {
        answer(http(404));
        return;
    }
    apply(*task, told, how);
    answer(boost::system::in_place_value);
}

void server::apply(server_task& task, task_update const& told, arrival how) {
    // The process that has the outbox of the sender now has reported the result in its place.
    how.is_given_up |= how.is_orphaned() && task.claimed > how.sent;
    task.is_disturbed |= how.is_stray();
    facts_->arrived(task, told, how);
    if (has_ended(task.record.status)) return;
    task.record.worker_id = told.worker_id;
    task.record.output = output_of(told);
    task.record.callback = told.callback_after;
    task.updated = time_->now();
    task.record.status = phase_of(told.status);
    facts_->say(task.id, std::string("becomes ") + std::string(to_string(task.record.status)) +
                             " by " + told.worker_id);
    if (task.record.status == phase::scheduled) {
        schedule(task, told.callback_after);
        return;
    }
    ++task.results_taken;
    task.ended_by = told.worker_id;
    facts_->taken(task);
    if (task.record.status == phase::failed)
        retry(task);
    else
        close(task.step);
}

void server::update_and_poll(task_update const& told, arrival how,
                             reply<std::optional<task>> const& answer) {
    auto* const known = find(told.task_id);
    if (!options_.has_update_v2 || known == nullptr) {
        answer(http(404));
        return;
    }
    apply(*known, told, how);
    if (told.status == task_status::in_progress) {
        answer(std::optional<task>{});
        return;
    }
    poll_request const asked{.type = known->type,
                             .worker_id = told.worker_id,
                             .domain = {},
                             .count = 1,
                             .wait = v2_hold};
    poll(asked, how, [answer](result<std::vector<task>> got) {
        if (!got)
            answer(got.error());
        else
            answer(got->empty() ? std::optional<task>{} : std::optional{std::move(got->front())});
    });
}

// The whole task is read, and written back after a while, without a lock.
void server::extend_lease(lease_request const& asked, arrival how, reply<void> const& answer) {
    auto const* const task = find(asked.task_id);
    if (task == nullptr) {
        answer(http(404));
        return;
    }
    if (has_ended(task->record.status)) {
        answer(boost::system::in_place_value);
        return;
    }
    auto const write = [this, id = asked.task_id, read = task->record, how, answer,
                        start = starts_] {
        if (start == starts_) write_back(id, read, how);
        answer(start == starts_ ? result<void>{boost::system::in_place_value} : reset());
    };
    time_->after(luck_.between(milliseconds{1}, options_.extension_max), write);
}

void server::write_back(std::string const& id, task_record const& read, arrival how) {
    auto& task = *find(id);
    facts_->extended(task, read, how);
    task.record = read;
    task.updated = time_->now();
    if (read.status == phase::in_progress) watch_response(id);
}

void server::search(search_request const& asked, reply<std::vector<task>> const& answer) const {
    std::vector<task> hits;
    auto skipped = std::size_t{0};
    for (auto const& task : tasks_) {
        if (!options_.has_index || hits.size() == asked.count) break;
        if (task.type != asked.type || to_string(task.record.status) != asked.status) continue;
        if (skipped++ >= asked.start) hits.push_back(task.to_json());
    }
    answer(std::move(hits));
}

void server::get(std::string const& id, reply<task> const& answer) const {
    auto const* const found = find(id);
    if (found == nullptr)
        answer(http(404));
    else
        answer(found->to_json());
}

}  // namespace conductor::simulation
