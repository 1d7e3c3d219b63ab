#include "span_exporter.hpp"

#include "otlp_json.hpp"

#include <conductor/config_error.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace conductor::tracing {
namespace {

opentelemetry_options checked(opentelemetry_options options) {
    if (!options.endpoint.starts_with("http://") && !options.endpoint.starts_with("https://"))
        throw config_error("opentelemetry: the endpoint must begin with http:// or https://");
    if (options.batch_max == 0 || options.queue_max == 0)
        throw config_error("opentelemetry: a queue or a batch of no spans sends nothing");
    options.http.user_agent = "conductor-cpp-otlp";
    return options;
}

}  // namespace

span_exporter::span_exporter(opentelemetry_options options)
    : options_(checked(std::move(options))),
      client_(loop_.get_executor(), options_.http),
      queue_({options_.queue_max, options_.batch_max, options_.batch_delay}) {
    // Nothing in it throws but for want of memory, and then there is nothing left to do.
    auto const end = [](std::exception_ptr thrown) {
        if (thrown) std::terminate();
    };
    boost::asio::co_spawn(loop_, run(), end);
    thread_ = std::thread{[this] { loop_.run(); }};
}

span_exporter::~span_exporter() {
    flush(options_.stop_limit);
    loop_.stop();
    thread_.join();
}

void span_exporter::add(std::vector<span> ended) {
    if (ended.empty()) return;
    auto const now = options_.environment.clock->now();
    bool must_wake = false;
    {
        std::lock_guard const lock{mutex_};
        auto const before = queue_.due();
        for (auto& one : ended)
            if (!queue_.add(std::move(one), now)) ++counts_.dropped;
        must_wake = queue_.due() != before;
    }
    if (must_wake) wake(next_);
}

bool span_exporter::flush(std::chrono::milliseconds limit) {
    {
        std::lock_guard const lock{mutex_};
        queue_.hurry(options_.environment.clock->now());
    }
    wake(next_);
    wake(pause_);
    std::unique_lock lock{mutex_};
    return settled_.wait_for(lock, limit, [this] { return queue_.size() + under_way_ == 0; });
}

trace_counts span_exporter::counts() const {
    std::lock_guard const lock{mutex_};
    return counts_;
}

void span_exporter::wake(timer* const& waiting) {
    // Looked at on the loop, where the coroutine has set it first of all.
    boost::asio::post(loop_, [&waiting] { waiting->wake(); });
}

void span_exporter::note(export_answer const& answer, std::size_t spans) {
    std::lock_guard const lock{mutex_};
    if (!answer.error.empty()) counts_.last_error = answer.error;
    if (answer.fate == batch_fate::again) return;
    auto const refused =
        answer.fate == batch_fate::refused ? spans : std::min(answer.refused, spans);
    counts_.refused += refused;
    counts_.exported += spans - refused;
}

void span_exporter::drop(std::size_t spans) {
    std::lock_guard const lock{mutex_};
    counts_.dropped += spans;
}

void span_exporter::settle() {
    std::lock_guard const lock{mutex_};
    under_way_ = 0;
    settled_.notify_all();
}

time_point span_exporter::next_due() const {
    std::lock_guard const lock{mutex_};
    return queue_.due().value_or(time_point::max());
}

std::vector<span> span_exporter::next_batch() {
    std::lock_guard const lock{mutex_};
    auto batch = queue_.take();
    under_way_ = batch.size();
    return batch;
}

awaitable<void> span_exporter::run() {
    auto const next = options_.environment.clock->make_timer(loop_.get_executor());
    auto const pause = options_.environment.clock->make_timer(loop_.get_executor());
    next_ = next.get();
    pause_ = pause.get();
    for (;;) {
        auto const due = next_due();
        if (due > options_.environment.clock->now())
            co_await next_->wait_until(due);
        else
            co_await deliver(next_batch());
    }
}

awaitable<export_answer> span_exporter::send(std::string const& body) {
    http::request request{.method = "POST",
                          .url = options_.endpoint,
                          .headers = options_.headers,
                          .body = body,
                          .timeout = options_.timeout};
    request.headers.set("Content-Type", "application/json");
    auto const answer = co_await client_.send(std::move(request));
    co_return read_answer(answer);
}

awaitable<void> span_exporter::deliver(std::vector<span> batch) {
    auto const& clock = *options_.environment.clock;
    auto const body = to_otlp_json(options_.resource, batch);
    auto const give_up = clock.now() + options_.retry_for;
    for (unsigned attempt = 1;; ++attempt) {
        auto const answer = co_await send(body);
        note(answer, batch.size());
        if (answer.fate != batch_fate::again) break;
        std::chrono::milliseconds const wait = answer.wait.value_or(std::chrono::seconds{0});
        auto const again =
            clock.now() + std::max(wait, backoff_delay(options_.backoff, attempt,
                                                       options_.environment.random->unit()));
        if (again > give_up) {
            drop(batch.size());
            break;
        }
        co_await pause_->wait_until(again);
    }
    settle();
}

}  // namespace conductor::tracing
