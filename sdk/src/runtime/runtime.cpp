#include <conductor/runtime.hpp>

#include "base/identity.hpp"
#include "base/timed_executor.hpp"
#include "runtime/changes.hpp"
#include "runtime/core.hpp"
#include "runtime/supervisor.hpp"

#include <conductor/config_error.hpp>
#include <conductor/task_client.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/host_name.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <utility>

namespace conductor {

using namespace runtime_detail;

namespace {

constexpr std::chrono::milliseconds loop_hold_max{100};

std::string host_name() {
    boost::system::error_code ec;
    auto name = boost::asio::ip::host_name(ec);
    return ec ? "unknown-host" : name;
}

core make_core(boost::asio::any_io_executor executor, environment environment,
               runtime_options options) {
    poll_scheduler polls(
        {.in_flight_max = options.in_flight_max, .poll_time_max = options.poll_time_max},
        options.poll_backoff);
    return {.executor = std::move(executor),
            .environment = std::move(environment),
            .options = std::move(options),
            .polls = std::move(polls)};
}

// Ends of coroutines, as named functions: an exception is a defect of ours and ends run().
struct active_coroutine_ended {
    std::shared_ptr<core> owner;
    void operator()(std::exception_ptr thrown) const {
        if (thrown) std::rethrow_exception(std::move(thrown));
        if (--owner->active == 0) owner->supervisor->wake();
    }
};

class deaf_observer final : public runtime_observer {
public:
    void on(runtime_event const&) override {}
};

void coroutine_ended(std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(std::move(thrown));
}

}  // namespace

void runtime_detail::spawn(std::shared_ptr<core> const& core, awaitable<void> coroutine) {
    ++core->active;
    boost::asio::co_spawn(core->executor, std::move(coroutine), active_coroutine_ended{core});
}

void runtime_detail::spawn_detached(std::shared_ptr<core> const& core, awaitable<void> coroutine) {
    boost::asio::co_spawn(core->executor, std::move(coroutine), coroutine_ended);
}

namespace {

// What an earlier process of ours left comes before anything is claimed: its results are in flight,
// and are told apart from what is stored from now on; its claims are looked for.
awaitable<void> serve_tasks(std::shared_ptr<core> core) {
    if (core->options.outbox) co_await replay_outbox(core);
    if (core->is_successor)
        for (auto const& worker : core->workers)
            core->recovery.suspect(worker->definition->type, core->now());
    spawn_detached(core, recover_claims(core));
    co_await dispatch_polls(core);
}

}  // namespace

class runtime::implementation {
public:
    implementation(environment environment, runtime_options options)
        : core_(std::make_shared<core>(
              make_core(loop_.get_executor(), std::move(environment), std::move(options)))),
          identity_(base::take_identity(core_->options.state_dir, *core_->environment.random)) {
        auto const& name = core_->options.worker_id;
        core_->worker_id = (name.empty() ? host_name() : name) + "-" + identity_.unique;
        core_->is_successor = identity_.used_before;
        core_->observer = core_->options.observer;
        if (!core_->observer) core_->observer = std::make_shared<deaf_observer>();
        core_->gate = std::make_shared<base::executor_gate>(core_->executor);
        core_->supervisor = make_listener();
        core_->dispatcher = make_listener();
        core_->recoverer = make_listener();
        core_->lease_keeper = core_->environment.clock->make_timer(core_->executor);
    }

    ~implementation() { core_->gate->close(); }

    void serve(std::shared_ptr<rest_client> rest) {
        core_->api = std::make_shared<task_client>(rest);
        rest_ = std::move(rest);
    }
    void serve(std::shared_ptr<task_api> api) { core_->api = std::move(api); }

    void add(worker added) {
        added.options = added.options.with_environment(added.type);
        check(added);
        auto const& options = added.options;
        bool const is_blocking = std::holds_alternative<blocking_handler>(added.run);
        if (is_blocking) core_->environment.handlers->reserve(options.slots);
        auto const number = core_->polls.add(options);
        core_->workers.push_back(std::make_shared<worker_state>(
            worker_state{.definition = nullptr,
                         .coroutine_executor = watch_loop(added.type),
                         .number = number,
                         .threads = is_blocking ? options.slots : 0,
                         .brake = brake(options.brake_after)}));
        core_->workers.back()->definition = std::make_shared<worker const>(std::move(added));
    }

    run_report run() {
        spawn_detached(core_, supervise(core_, loop_));
        spawn_detached(core_, keep_leases(core_));
        spawn(core_, serve_tasks(core_));
        loop_.run();
        return {core_->running_handlers, core_->pending_updates, core_->stored_updates};
    }

    void change(std::string const& type, void (*how)(core&, worker_state&, std::size_t),
                std::size_t value) {
        boost::asio::post(loop_, [core = core_, type, how, value] {
            for (auto const& worker : core->workers)
                if (worker->definition->type == type) how(*core, *worker, value);
            core->dispatcher->wake();
        });
    }

    runtime_status status() const { return status_of(*core_); }

    // Heeded from here on, not only once the loop has come to it: whatever runs on the loop may
    // say that the program is up, and be answered by a signal.
    void heed_signals() {
        auto signals = std::make_shared<boost::asio::signal_set>(loop_, SIGTERM, SIGINT);
        spawn_detached(core_, watch_signals(core_, std::move(signals)));
    }

    void request(stop_stage stage) {
        boost::asio::post(loop_, [core = core_, stage] { advance(*core, stage); });
    }

    boost::asio::any_io_executor get_executor() { return loop_.get_executor(); }
    std::shared_ptr<rest_client> const& rest() const { return rest_; }
    environment const& injected() const { return core_->environment; }

private:
    std::unique_ptr<timer> make_listener() {
        auto made = core_->environment.clock->make_timer(core_->executor);
        core_->stop.listen(*made);
        return made;
    }

    boost::asio::any_io_executor watch_loop(std::string const& type) {
        return base::timed_executor(core_->executor, loop_hold_max,
                                    [type, observer = core_->observer](auto held) {
                                        observer->on(events::loop_held{type, held});
                                    });
    }

    void check(worker const& added) const {
        if (added.type.empty()) throw config_error("a worker needs a task type");
        if (added.options.slots == 0)
            throw config_error("worker " + added.type + ": slots must be at least 1");
        bool const known = std::ranges::any_of(core_->workers, [&](auto const& served) {
            return served->definition->type == added.type &&
                   served->definition->options.domain == added.options.domain;
        });
        if (known) throw config_error("worker " + added.type + " is added twice for one domain");
    }

    // First, so that it is destroyed last: frames that are left in it hold the core.
    boost::asio::io_context loop_{1};
    std::shared_ptr<core> core_;
    base::identity identity_;
    std::shared_ptr<rest_client> rest_;
};

runtime::runtime(client_options server, runtime_options options)
    : implementation_(std::make_unique<implementation>(environment::system(), std::move(options))) {
    implementation_->serve(std::make_shared<rest_client>(get_executor(), std::move(server),
                                                         implementation_->injected()));
}

runtime::runtime(std::function<std::shared_ptr<task_api>(boost::asio::any_io_executor)> make_api,
                 environment environment, runtime_options options)
    : implementation_(
          std::make_unique<implementation>(std::move(environment), std::move(options))) {
    implementation_->serve(make_api(get_executor()));
}

runtime::~runtime() = default;

runtime& runtime::add(worker worker) {
    implementation_->add(std::move(worker));
    return *this;
}

int runtime::run() {
    implementation_->heed_signals();
    return implementation_->run().clean() ? 0 : 1;
}

run_report runtime::run(std::stop_token stop) {
    std::stop_callback const forward(stop, [this] { drain(); });
    return implementation_->run();
}

void runtime::pause(std::string type) { implementation_->change(type, set_paused, 1); }

void runtime::resume(std::string type) { implementation_->change(type, set_paused, 0); }

void runtime::set_slots(std::string type, std::size_t slots) {
    implementation_->change(type, runtime_detail::set_slots, slots);
}

runtime_status runtime::status() const { return implementation_->status(); }

void runtime::drain() { implementation_->request(stop_stage::draining); }

void runtime::abort() { implementation_->request(stop_stage::aborting); }

boost::asio::any_io_executor runtime::get_executor() const {
    return implementation_->get_executor();
}

std::shared_ptr<rest_client> runtime::rest() const { return implementation_->rest(); }

}  // namespace conductor
