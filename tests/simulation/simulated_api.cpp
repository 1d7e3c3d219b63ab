#include "simulated_api.hpp"

#include <stdexcept>
#include <utility>

// What is made of braces in an awaited expression gcc 12 destroys twice, so each call is made first
// and awaited then.
namespace conductor::simulation {

awaitable<result<std::vector<task>>> simulated_api::poll(poll_request request) {
    auto const of = all_.of;
    of->worker_id = request.worker_id;
    all_.noted->polls(*all_.of, request);
    auto const serve = [at = all_.at, request](arrival how,
                                               reply<std::vector<task>> const& answer) {
        at->poll(request, how, answer);
    };
    of->asked += request.count;
    auto calling = all_.way->call<std::vector<task>>({of, "poll"}, all_.lot, serve);
    auto got = co_await std::move(calling);
    of->asked -= request.count;
    co_return got;
}

awaitable<result<void>> simulated_api::update(task_update const& update) {
    auto const of = all_.of;
    auto const made = all_.noted->reports(*of, update, false);
    auto const serve = [at = all_.at, update, made](arrival how, reply<void> const& answer) {
        made->has_arrived = true;
        at->update(update, how, answer);
    };
    auto calling = all_.way->call<void>({of, "update"}, all_.lot, serve);
    auto done = co_await std::move(calling);
    all_.noted->is_answered(*of, made);
    co_return done;
}

awaitable<result<std::optional<task>>> simulated_api::update_and_poll(task_update const& update) {
    auto const of = all_.of;
    auto const made = all_.noted->reports(*of, update, true);
    auto const serve = [at = all_.at, update, made](arrival how,
                                                    reply<std::optional<task>> const& answer) {
        made->has_arrived = true;
        at->update_and_poll(update, how, answer);
    };
    auto calling = all_.way->call<std::optional<task>>({of, "update-v2"}, all_.lot, serve);
    auto got = co_await std::move(calling);
    all_.noted->is_answered(*of, made);
    co_return got;
}

awaitable<result<void>> simulated_api::extend_lease(lease_request request) {
    auto const of = all_.of;
    ++of->beats[request.task_id];
    all_.noted->extends(*of, request.task_id);
    auto const serve = [at = all_.at, request](arrival how, reply<void> const& answer) {
        at->extend_lease(request, how, answer);
    };
    auto calling = all_.way->call<void>({of, "extension"}, all_.lot, serve);
    auto done = co_await std::move(calling);
    --of->beats[request.task_id];
    co_return done;
}

awaitable<result<std::vector<task>>> simulated_api::search(search_request request) {
    all_.noted->say(all_.of->name, "looks for lost claims of " + request.type);
    auto const serve = [at = all_.at, request](arrival, reply<std::vector<task>> const& answer) {
        at->search(request, answer);
    };
    return all_.way->call<std::vector<task>>({all_.of, "search"}, all_.lot, serve);
}

awaitable<result<void>> simulated_api::log(std::string, std::string) {
    auto const serve = [](arrival, reply<void> const& answer) {
        answer(boost::system::in_place_value);
    };
    return all_.way->call<void>({all_.of, "log"}, all_.lot, serve);
}

awaitable<result<task>> simulated_api::get(std::string task_id) {
    all_.noted->say(all_.of->name, "reads " + task_id);
    auto const serve = [at = all_.at, task_id](arrival, reply<task> const& answer) {
        at->get(task_id, answer);
    };
    return all_.way->call<task>({all_.of, "get"}, all_.lot, serve);
}

// No payload here is large enough for any of them.
awaitable<result<boost::json::object>> simulated_api::fetch_input(std::string) {
    co_return failure{errc::bad_response, "no external payload storage"};
}

awaitable<result<boost::json::object>> simulated_api::fetch_output(std::string) {
    co_return failure{errc::bad_response, "no external payload storage"};
}

awaitable<result<std::string>> simulated_api::store_output(std::string) {
    co_return failure{errc::bad_response, "no external payload storage"};
}

}  // namespace conductor::simulation
