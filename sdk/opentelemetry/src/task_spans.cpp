#include "task_spans.hpp"

#include "task_attributes.hpp"

#include <conductor/detail/error_type.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace conductor::tracing {

using std::chrono::nanoseconds;
using std::chrono::system_clock;

namespace {

std::string_view member(boost::json::object const& object, std::string_view name) {
    auto const* const found = object.if_contains(name);
    auto const* const text = found != nullptr ? found->if_string() : nullptr;
    return text != nullptr ? std::string_view{*text} : std::string_view{};
}

std::optional<trace_context> parent_of(task const& claimed) {
    return parse_trace_context(member(claimed.input(), "traceparent"),
                               member(claimed.input(), "tracestate"));
}

bool failed(task_status status) {
    return status == task_status::failed || status == task_status::failed_with_terminal_error;
}

void note_status(span& of, task_status status) {
    of.attributes.push_back({"conductor.task.status", std::string{to_string(status)}});
    of.has_failed = failed(status);
    if (failed(status)) of.attributes.push_back({"error.type", std::string{to_string(status)}});
}

void note_failure(span& of, failure const& error) {
    of.has_failed = true;
    of.attributes.push_back({"error.type", detail::error_type(error.code)});
}

system_clock::time_point before(system_clock::time_point now, nanoseconds took) {
    return now - std::chrono::duration_cast<system_clock::duration>(took);
}

}  // namespace

task_spans::task_spans(trace_sampling sampling, std::shared_ptr<random_source> chance,
                       std::size_t open_max)
    : sampling_(sampling), chance_(std::move(chance)), open_max_(open_max) {}

bool task_spans::is_sampled(std::optional<trace_context> const& parent) {
    if (parent && sampling_.parent_based) return parent->sampled;
    return chance_->unit() < sampling_.ratio;
}

void task_spans::draw(std::span<std::uint8_t> bytes) {
    constexpr double values = 256;
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(chance_->unit() * values);
    // All zero names nothing.
    if (std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; })) bytes.back() = 1;
}

std::optional<span> task_spans::begin(task const& claimed) {
    auto const parent = parent_of(claimed);
    if (open_.size() >= open_max_ || !is_sampled(parent)) return std::nullopt;
    span whole{.name = "task " + std::string{claimed.type()}, .kind = span_kind::consumer};
    if (parent) {
        whole.trace = parent->trace;
        whole.parent = parent->span;
        whole.state = parent->state;
    } else {
        draw(whole.trace);
    }
    draw(whole.id);
    whole.attributes = task_attributes(claimed, "task");
    for (auto& fact : claim_attributes(claimed)) whole.attributes.push_back(std::move(fact));
    return whole;
}

task_spans::open_task* task_spans::find(std::string_view task_id) {
    auto const found = open_.find(task_id);
    return found != open_.end() ? &found->second : nullptr;
}

span task_spans::part_of(span const& whole, std::string_view operation) {
    span part{.trace = whole.trace,
              .parent = whole.id,
              .state = whole.state,
              .name = whole.name,
              .kind = operation == "execute" ? span_kind::internal : span_kind::client,
              .attributes = part_attributes(whole.attributes, operation)};
    part.name.replace(0, std::string_view{"task"}.size(), operation);
    draw(part.id);
    return part;
}

/** @brief What each event means for the spans. */
struct span_maker {
    task_spans* in;
    system_clock::time_point now;
    std::vector<span>* ended;

    void operator()(events::started const& event) const {
        // The same task again: what was open was taken from us, and nobody will say how it ended.
        close(event.task.id(), "claimed again");
        auto whole = in->begin(event.task);
        if (!whole) return;
        whole->start = before(now, event.claim_took);
        add_part(*whole, "poll", event.claim_took);
        in->open_.emplace(event.task.id(), task_spans::open_task{.whole = *std::move(whole)});
    }
    void operator()(events::finished const& event) const {
        auto* const open = in->find(event.task.id());
        if (open == nullptr) return;
        note_status(add_part(open->whole, "execute", event.took), event.outcome.status());
        // Nothing is reported of a task that is not ours any more.
        if (open->was_cancelled) close(event.task.id(), {});
    }
    void operator()(events::updated const& event) const {
        auto* const open = in->find(event.update.task_id);
        if (open == nullptr) return;
        add_part(open->whole, "update", event.took);
        note_status(open->whole, event.update.status);
        close(event.update.task_id, {});
    }
    void operator()(events::update_failed const& event) const {
        auto* const open = in->find(event.update.task_id);
        if (open != nullptr) note_failure(add_part(open->whole, "update", event.took), event.error);
    }
    void operator()(events::update_lost const& event) const {
        auto* const open = in->find(event.update.task_id);
        if (open == nullptr) return;
        note_failure(open->whole, event.error);
        close(event.update.task_id, "result lost");
    }
    void operator()(events::stored const& event) const {
        note(event.update.task_id, "result stored");
    }
    void operator()(events::given_back const& event) const { close(event.task.id(), "given back"); }
    void operator()(events::cancelled const& event) const {
        auto* const open = in->find(event.task.id());
        if (open == nullptr) return;
        open->was_cancelled = true;
        open->whole.has_failed = true;
        bool const is_ended = event.reason == cancel_reason::ended;
        open->whole.attributes.push_back({"error.type", is_ended ? "ended" : "moved_on"});
        note(event.task.id(), is_ended ? "task ended by the server" : "task moved on");
    }
    /** @brief Of no single task. */
    template <class Other>
    void operator()(Other const&) const {}

private:
    span& add_part(span const& whole, std::string_view operation, nanoseconds took) const {
        auto& part = ended->emplace_back(in->part_of(whole, operation));
        part.start = before(now, took);
        part.end = now;
        return part;
    }
    void note(std::string_view task_id, std::string what) const {
        auto* const open = in->find(task_id);
        if (open != nullptr) open->whole.events.push_back({now, std::move(what)});
    }
    void close(std::string_view task_id, std::string why) const {
        auto const found = in->open_.find(task_id);
        if (found == in->open_.end()) return;
        auto& whole = found->second.whole;
        if (!why.empty()) whole.events.push_back({now, std::move(why)});
        whole.end = now;
        ended->push_back(std::move(whole));
        in->open_.erase(found);
    }
};

std::vector<span> task_spans::take(runtime_event const& event, system_clock::time_point now) {
    std::vector<span> ended;
    std::visit(span_maker{this, now, &ended}, event);
    return ended;
}

}  // namespace conductor::tracing
