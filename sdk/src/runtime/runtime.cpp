#include <conductor/runtime.hpp>

#include "base/timed_executor.hpp"
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

std::string make_worker_id(random_source& random) {
    boost::system::error_code ec;
    auto id = boost::asio::ip::host_name(ec);
    if (ec) id = "unknown-host";
    id += '-';
    for (int digit = 0; digit < 8; ++digit)
        id += "0123456789abcdef"[static_cast<std::size_t>(random.unit() * 16)];
    return id;
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

class runtime::implementation {
public:
    implementation(environment environment, runtime_options options)
        : core_(std::make_shared<core>(core{.executor = loop_.get_executor(),
                                            .environment = std::move(environment),
                                            .options = std::move(options)})) {
        if (core_->options.worker_id.empty())
            core_->options.worker_id = make_worker_id(*core_->environment.random);
        core_->observer = core_->options.observer;
        if (!core_->observer) core_->observer = std::make_shared<deaf_observer>();
        core_->gate = std::make_shared<base::executor_gate>(core_->executor);
        core_->supervisor = make_listener();
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
        if (std::holds_alternative<blocking_handler>(added.run))
            core_->environment.handlers->reserve(added.options.slots);
        auto watched = watch_loop(added.type);
        core_->workers.push_back(std::make_shared<worker_state>(
            std::move(added), std::move(watched), make_listener(), core_->options.poll_backoff));
    }

    run_report run() {
        boost::asio::co_spawn(loop_, supervise(core_, loop_), coroutine_ended);
        for (auto const& worker : core_->workers) spawn(core_, poll_loop(core_, worker));
        loop_.run();
        return {core_->running_handlers, core_->pending_updates};
    }

    // Heeded from here on, not only once the loop has come to it: whatever runs on the loop may
    // say that the program is up, and be answered by a signal.
    void heed_signals() {
        auto signals = std::make_shared<boost::asio::signal_set>(loop_, SIGTERM, SIGINT);
        boost::asio::co_spawn(loop_, watch_signals(core_, std::move(signals)), coroutine_ended);
    }

    void request(stop_stage stage) {
        boost::asio::post(loop_, [core = core_, stage] { core->stop.advance(stage); });
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

void runtime::drain() { implementation_->request(stop_stage::draining); }

void runtime::abort() { implementation_->request(stop_stage::aborting); }

boost::asio::any_io_executor runtime::get_executor() const {
    return implementation_->get_executor();
}

std::shared_ptr<rest_client> runtime::rest() const { return implementation_->rest(); }

}  // namespace conductor
