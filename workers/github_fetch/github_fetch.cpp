#include <github_fetch/github_fetch.hpp>

#include <github_fetch/fetch_run.hpp>

#include <utility>

namespace conductor::workers {
namespace {

awaitable<task_result> fetch(std::shared_ptr<github::fetch_service const> service, task const& task,
                             task_context& context) {
    auto input = github::read_fetch_input(task.input(), service->access);
    if (input.has_error()) co_return fail(input.error());
    github::fetch_run run{*service, *std::move(input), context};
    co_return co_await run.run();
}

// The coroutine gets its own share of the service, so it may outlive the worker.
struct github_fetch_handler {
    std::shared_ptr<github::fetch_service const> service;

    awaitable<task_result> operator()(task const& task, task_context& context) const {
        return fetch(service, task, context);
    }
};

}  // namespace

worker make_github_fetch(github_fetch_options options, std::shared_ptr<http::client> client,
                         environment environment) {
    auto const request_timeout = options.request_timeout;
    auto service = std::make_shared<github::fetch_service const>(
        github::api_access{std::move(options)}, std::move(client), std::move(environment.clock),
        request_timeout);
    return {.type = "github_fetch",
            .run = coroutine_handler{github_fetch_handler{std::move(service)}}};
}

}  // namespace conductor::workers
