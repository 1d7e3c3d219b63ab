#include "runtime/core.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace conductor::runtime_detail {
namespace {

// What a handler throws ends here, and nowhere else.
task_result outcome_of(std::exception_ptr const& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (std::exception const& error) {
        return task_result::failed(error.what());
    } catch (...) {
        return task_result::failed("the handler threw something that is no std::exception");
    }
}

task_result call(task_run& run) {
    try {
        return std::get<blocking_handler>(run.worker->definition.run)(run.claimed, run.context);
    } catch (...) {
        return outcome_of(std::current_exception());
    }
}

void run_on_thread(std::shared_ptr<task_run> const& run, base::executor_gate& gate) {
    auto const outcome = std::make_shared<task_result>(call(*run));
    gate.post([run, outcome] {
        run->outcome = std::move(*outcome);
        run->done->wake();
    });
}

awaitable<task_result> run_blocking(std::shared_ptr<core> core, std::shared_ptr<task_run> run) {
    run->done = core->environment.clock->make_timer(core->executor);
    core->environment.handlers->post([run, gate = core->gate] { run_on_thread(run, *gate); });
    while (!run->outcome) co_await run->done->wait_until(time_point::max());
    co_return *std::move(run->outcome);
}

awaitable<task_result> run_coroutine(std::shared_ptr<task_run> run) {
    std::exception_ptr thrown;
    try {
        co_return co_await boost::asio::co_spawn(
            run->worker->coroutine_executor,
            std::get<coroutine_handler>(run->worker->definition.run)(run->claimed, run->context),
            boost::asio::use_awaitable);
    } catch (...) {
        thrown = std::current_exception();
    }
    co_return outcome_of(thrown);
}

}  // namespace

awaitable<task_result> run_handler(std::shared_ptr<core> core, std::shared_ptr<task_run> run) {
    if (std::holds_alternative<blocking_handler>(run->worker->definition.run)) {
        return run_blocking(std::move(core), std::move(run));
    }
    return run_coroutine(std::move(run));
}

}  // namespace conductor::runtime_detail
