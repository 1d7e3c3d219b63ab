#include <conductor/testing/run_handler.hpp>

#include <conductor/detail/thrown_outcome.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <exception>
#include <future>
#include <optional>
#include <stdexcept>
#include <variant>

namespace conductor::test {

namespace {

std::optional<time_point> deadline_of(task const& task, clock const& clock) {
    if (task.response_timeout().count() <= 0) return std::nullopt;
    return clock.now() + task.response_timeout();
}

task_result call(blocking_handler const& handler, task const& task, task_context& context) {
    try {
        return handler(task, context);
    } catch (...) {
        return detail::thrown_outcome(std::current_exception());
    }
}

task_result get(std::future<task_result>& outcome) {
    try {
        return outcome.get();
    } catch (...) {
        return detail::thrown_outcome(std::current_exception());
    }
}

task_result await(coroutine_handler const& handler, task_context& context,
                  std::chrono::milliseconds time_max) {
    boost::asio::io_context loop{1};
    std::future<task_result> outcome;
    try {
        outcome =
            boost::asio::co_spawn(loop, handler(context.task(), context), boost::asio::use_future);
    } catch (...) {
        return detail::thrown_outcome(std::current_exception());
    }
    loop.run_for(time_max);
    if (outcome.wait_for(std::chrono::seconds{0}) == std::future_status::ready) return get(outcome);
    auto const* const why =
        loop.stopped() ? " waits for what can never come" : " has not ended within its time";
    throw std::runtime_error{"the handler of " + std::string{context.task().type()} + why};
}

}  // namespace

task make_task(std::string const& type, boost::json::object input,
               boost::json::object const& more) {
    boost::json::object document{{"taskId", "task-1"},        {"taskType", type},
                                 {"referenceTaskName", type}, {"workflowInstanceId", "workflow-1"},
                                 {"workflowType", type},      {"workerId", "worker-1"},
                                 {"status", "IN_PROGRESS"},   {"pollCount", 1},
                                 {"retryCount", 0},           {"inputData", std::move(input)}};
    for (auto const& each : more) document.insert_or_assign(each.key(), each.value());
    return task{std::move(document)};
}

task_result run_handler(handler const& handler, task const& task, run_options const& options) {
    auto const clock = options.clock ? options.clock : environment::system().clock;
    task_context context{task, options.stop, deadline_of(task, *clock), clock};
    auto const* const blocking = std::get_if<blocking_handler>(&handler);
    auto outcome = blocking != nullptr
                       ? call(*blocking, task, context)
                       : await(std::get<coroutine_handler>(handler), context, options.time_max);
    for (auto& line : context.take_logs())
        if (options.log != nullptr) options.log->push_back(std::move(line.text));
    return outcome;
}

task_result run_handler(worker const& worker, task const& task, run_options const& options) {
    return run_handler(worker.run, task, options);
}

}  // namespace conductor::test
