#include <daemon/commands/commands.hpp>
#include <daemon/commands/event_loop.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/config/nearest_name.hpp>
#include <daemon/definitions/json_text.hpp>
#include <daemon/log/printable.hpp>
#include <daemon/task_types.hpp>

#include <conductor/config_error.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace conductor::daemon {
namespace {

worker take_worker(std::vector<worker> all, std::string const& type) {
    auto const found = std::ranges::find(all, type, &worker::type);
    if (found != all.end()) return std::move(*found);
    std::vector<std::string> names;
    for (worker const& one : all) names.push_back(one.type);
    throw config_error("exec: no worker for \"" + printable(type) +
                       "\" in the configuration; there are: " + listed(names));
}

task make_task(std::string const& type, boost::json::object input) {
    return task{{{"taskId", "exec"},
                 {"taskType", type},
                 {"referenceTaskName", type},
                 {"workflowInstanceId", "exec"},
                 {"status", "IN_PROGRESS"},
                 {"pollCount", 1},
                 {"inputData", std::move(input)}}};
}

boost::json::array to_json(std::vector<task_log> const& logs) {
    boost::json::array lines;
    for (task_log const& one : logs) {
        auto const created = one.created.time_since_epoch();
        lines.push_back({{"log", one.text},
                         {"createdTime",
                          std::chrono::duration_cast<std::chrono::milliseconds>(created).count()}});
    }
    return lines;
}

// The output may be large: it is neither copied nor turned into one text.
void print(std::ostream& out, task_result const& outcome, std::vector<task_log> const& logs) {
    boost::json::object head{{"status", to_string(outcome.status())}};
    if (!outcome.reason().empty()) head["reasonForIncompletion"] = outcome.reason();
    if (outcome.delay().count() > 0) head["callbackAfterSeconds"] = outcome.delay().count();
    std::string opened = boost::json::serialize(head);
    opened.pop_back();
    out << opened << R"(,"outputData":)";
    if (outcome.output_text().empty())
        out << outcome.output();
    else
        out << outcome.output_text();
    out << R"(,"logs":)" << to_json(logs) << "}\n";
}

// As in the runtime, an exception is a failure of the task.
awaitable<task_result> run_handler(handler const& run, task const& task, task_context& context) {
    try {
        if (auto const* blocking = std::get_if<blocking_handler>(&run))
            co_return (*blocking)(task, context);
        co_return co_await std::get<coroutine_handler>(run)(task, context);
    } catch (std::exception const& error) {
        co_return task_result::failed(error.what());
    }
}

awaitable<int> run_task(worker one, task task, environment around, std::ostream& out) {
    task_context context{task, {}, {}, around.clock};
    task_result const outcome = co_await run_handler(one.run, task, context);
    print(out, outcome, context.take_logs());
    bool const failed = outcome.status() == task_status::failed ||
                        outcome.status() == task_status::failed_with_terminal_error;
    co_return failed ? exit_failed : exit_done;
}

}  // namespace

int exec_command::execute(console& to) const {
    parsed_config const parsed = load_config(config_file, to.around);
    auto input_object = read_json_object(input);
    if (input_object.has_error())
        throw config_error("--input: " + printable(input_object.error().message()));
    event_loop loop;
    environment const around = environment::system();
    auto const outside =
        std::make_shared<http::client>(loop.get_executor(), outside_client_options());
    worker one = take_worker(make_workers(parsed.values, outside, around), type);
    return loop.run(
        run_task(std::move(one), make_task(type, *std::move(input_object)), around, to.out));
}

}  // namespace conductor::daemon
