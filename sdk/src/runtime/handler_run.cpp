#include "runtime/core.hpp"

#include <conductor/detail/thrown_outcome.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace conductor {

// What a handler throws ends here, and nowhere else.
task_result detail::thrown_outcome(std::exception_ptr const& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (std::exception const& error) {
        return task_result::failed(error.what());
    } catch (...) {
        return task_result::failed("the handler threw something that is no std::exception");
    }
}

namespace runtime_detail {
namespace {

task_result call(task_run& run) {
    try {
        return std::get<blocking_handler>(run.definition->run)(run.claimed, run.context);
    } catch (...) {
        return detail::thrown_outcome(std::current_exception());
    }
}

// Where a blocking handler's outcome arrives. The event loop alone owns it: when the handler was
// abandoned, and the loop is gone, nobody waits for the outcome any more.
struct arrival {
    std::optional<task_result> outcome;
    std::unique_ptr<timer> awaited;
};

void run_on_thread(task_run& run, std::weak_ptr<arrival> to, base::executor_gate& gate) {
    auto const outcome = std::make_shared<task_result>(call(run));
    gate.post([to = std::move(to), outcome] {
        auto const waiting = to.lock();
        if (!waiting) return;
        waiting->outcome = std::move(*outcome);
        waiting->awaited->wake();
    });
}

awaitable<task_result> run_blocking(std::shared_ptr<core> core, std::shared_ptr<task_run> run) {
    auto const here = std::make_shared<arrival>();
    here->awaited = core->environment.clock->make_timer(core->executor);
    core->environment.handlers->post([run = std::move(run), to = std::weak_ptr{here},
                                      gate = core->gate] { run_on_thread(*run, to, *gate); });
    while (!here->outcome) co_await here->awaited->wait_until(time_point::max());
    co_return *std::move(here->outcome);
}

awaitable<task_result> run_coroutine(std::shared_ptr<task_run> run,
                                     boost::asio::any_io_executor on) {
    std::exception_ptr thrown;
    try {
        co_return co_await boost::asio::co_spawn(
            on, std::get<coroutine_handler>(run->definition->run)(run->claimed, run->context),
            boost::asio::use_awaitable);
    } catch (...) {
        thrown = std::current_exception();
    }
    co_return detail::thrown_outcome(thrown);
}

}  // namespace

awaitable<task_result> run_handler(std::shared_ptr<core> core, std::shared_ptr<task_run> run,
                                   boost::asio::any_io_executor on) {
    if (std::holds_alternative<blocking_handler>(run->definition->run))
        return run_blocking(std::move(core), std::move(run));
    return run_coroutine(std::move(run), std::move(on));
}

}  // namespace runtime_detail
}  // namespace conductor
