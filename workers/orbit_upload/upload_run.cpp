#include <orbit_upload/upload_run.hpp>

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::nanoseconds;
using std::chrono::seconds;

std::string text_of(json::object const& activity, std::string_view name) {
    auto const* member = activity.if_contains(name);
    auto const* text = member != nullptr ? member->if_string() : nullptr;
    return text != nullptr ? std::string{text->data(), text->size()} : std::string{};
}

json::object output_of(upload_progress const& progress, std::string const& sink, bool dry_run) {
    auto output = progress.to_output();
    output["sink"] = sink;
    output["dry_run"] = dry_run;
    return output;
}

}  // namespace

upload_run::upload_run(upload_target& target, upload_request request, task_context& context,
                       std::shared_ptr<clock> clock)
    : target_(target),
      request_(std::move(request)),
      context_(context),
      clock_(std::move(clock)),
      progress_(upload_progress::resume(context.previous_output(), request_.activities.size())),
      budget_(clock_->now(), context.deadline(), target.request_timeout) {}

awaitable<task_result> upload_run::send_all() {
    auto const timer = clock_->make_timer(co_await boost::asio::this_coro::executor);
    context_.log("uploading to " + request_.workspace + " at sink " + target_.name + ": " +
                 progress_.summary());
    while (!progress_.finished()) {
        if (context_.stop_token().stop_requested()) co_return give_back("the worker stops");
        if (budget_.left(clock_->now()) == nanoseconds{0})
            co_return give_back("the response time is nearly over");
        auto const turn = co_await wait_for_turn(*timer);
        if (!turn.granted) co_return hand_back_until(turn.at);
        auto step = co_await send_next();
        if (step.next == upload_step::kind::stop) co_return give_back("the worker stops");
        if (step.next == upload_step::kind::end) co_return end(std::move(step));
    }
    co_return conclude();
}

// While one task waits for its moment, another may learn that the sink wants to be left alone.
awaitable<pace_turn> upload_run::wait_for_turn(timer& timer) {
    if (!target_.sink->is_paced()) co_return pace_turn{clock_->now(), true};
    for (;;) {
        auto const now = clock_->now();
        auto const patience = std::min<nanoseconds>(progress_.patience(), budget_.left(now));
        auto const turn = target_.pacer.take(now, request_.interval(), patience);
        if (turn.granted && turn.at > now) co_await timer.wait_until(turn.at);
        if (!turn.granted || !target_.pacer.paused(clock_->now())) co_return turn;
    }
}

delivery upload_run::next_delivery() const {
    delivery next{.workspace = request_.workspace,
                  .key = request_.key,
                  .activities = {},
                  .shape = request_.shape,
                  .timeout = budget_.request_timeout(clock_->now()),
                  .workflow_id = std::string{context_.task().workflow_id()},
                  .stop = context_.stop_token()};
    auto const first = progress_.next_index();
    auto const count = std::min(progress_.total() - first, target_.sink->batch_max());
    next.activities.reserve(count);
    for (auto index = first; index != first + count; ++index) {
        auto const spare_key = context_.idempotency_key() + ":" + std::to_string(index);
        next.activities.push_back(
            complete_activity(*request_.activities[index], request_.activity_name, spare_key));
    }
    return next;
}

awaitable<upload_step> upload_run::send_next() {
    auto next = next_delivery();
    std::vector<activity_report> reports;
    for (auto const& activity : next.activities) reports.push_back({text_of(activity, "key"), {}});
    auto delivered = co_await target_.sink->deliver(std::move(next));
    assert(delivered.size() == reports.size());
    for (std::size_t index = 0; index != reports.size(); ++index)
        reports[index].report = std::move(delivered[index]);
    auto const before = progress_.next_index();
    auto step = progress_.record(std::move(reports), request_);
    if (step.next == upload_step::kind::rest) {
        target_.pacer.pause(clock_->now() + step.rest);
        limit_ = step.why;
    } else {
        limit_.reset();
        log_quarter(before);
    }
    co_return step;
}

// The server keeps ten lines of a claim, so progress is told at each quarter, not at each activity.
void upload_run::log_quarter(std::size_t before) {
    auto const total = progress_.total();
    bool const reached = progress_.next_index() * 4 / total != before * 4 / total;
    if (reached && !progress_.finished()) context_.log(progress_.summary());
}

task_result upload_run::give_back(std::string_view why) {
    context_.log(progress_.summary() + "; given back: " + std::string{why});
    return task_result::call_back_after(seconds{0}, output());
}

fault upload_run::waiting_for() const {
    if (limit_) return *limit_;
    std::string_view const message = target_.pacer.paused(clock_->now())
                                         ? "the sink has asked another task to wait"
                                         : "rate_per_minute leaves no room for a request yet";
    return {.code = codes::sink_rate_limited, .message = std::string{message}};
}

task_result upload_run::hand_back_until(time_point at) {
    auto const wait = std::chrono::ceil<seconds>(at - clock_->now());
    auto why = waiting_for();
    why.retry_at = wall() + wait;
    context_.log(progress_.summary() + "; handed back for " + std::to_string(wait.count()) +
                 " s: " + why.message);
    return hand_back(why, wait, output());
}

task_result upload_run::end(upload_step step) {
    if (step.rest > seconds{0}) step.why.retry_at = wall() + step.rest;
    context_.log(progress_.summary() + "; ended: " + step.why.message);
    return fail(step.why, output());
}

task_result upload_run::conclude() {
    context_.log(progress_.summary());
    if (auto const complaint = progress_.complaint()) return fail(*complaint, output());
    return task_result::completed(output());
}

json::object upload_run::output() const { return output_of(progress_, target_.name, false); }

instant upload_run::wall() const { return std::chrono::floor<instant::duration>(clock_->wall()); }

task_result upload_nothing(upload_request const& request, std::string const& sink,
                           task_context& context) {
    upload_progress progress{request.activities.size()};
    progress.skip_all();
    context.log((request.dry_run ? "dry run, nothing was sent: " : "nothing to send: ") +
                std::to_string(progress.total()) + " activities for " + request.workspace);
    return task_result::completed(output_of(progress, sink, request.dry_run));
}

}  // namespace conductor::workers
