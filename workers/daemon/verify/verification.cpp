#include <daemon/verify/verification.hpp>

#include <daemon/log/printable.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace conductor::daemon {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds look_interval{200};
constexpr char scratch_owner[] = "conductor-workerd@example.com";
constexpr char greeting[] = "from conductor-workerd verify";

json::object task_definition(std::string const& name) {
    return {{"name", name},
            {"description", "Scratch; may be deleted."},
            {"ownerEmail", scratch_owner},
            {"retryCount", 0},
            {"timeoutSeconds", 60},
            {"totalTimeoutSeconds", 0},
            {"timeoutPolicy", "TIME_OUT_WF"},
            {"responseTimeoutSeconds", 30}};
}

json::object workflow_definition(std::string const& name) {
    json::object const step{{"name", name},
                            {"taskReferenceName", "echo"},
                            {"type", "SIMPLE"},
                            {"inputParameters", {{"text", "${workflow.input.text}"}}}};
    return {{"name", name},
            {"version", 1},
            {"description", "Scratch; may be deleted."},
            {"ownerEmail", scratch_owner},
            {"schemaVersion", 2},
            {"timeoutSeconds", 60},
            {"timeoutPolicy", "TIME_OUT_WF"},
            {"outputParameters", {{"text", "${echo.output.text}"}}},
            {"tasks", json::array{step}}};
}

// It would fire at the next turn of a year; it is gone long before.
json::object schedule_definition(std::string const& name) {
    return {{"name", name},
            {"cronExpression", "0 0 0 1 1 ?"},
            {"zoneId", "UTC"},
            {"paused", true},
            {"startWorkflowRequest",
             {{"name", name}, {"version", 1}, {"input", {{"text", greeting}}}}}};
}

json::object echo(json::object const& input) { return {{"text", input.at("text")}}; }

std::string member_text(json::object const& of, std::string_view name) {
    auto const* const member = of.if_contains(name);
    auto const* const text = member == nullptr ? nullptr : member->if_string();
    return text == nullptr ? std::string{} : std::string{*text};
}

failure not_kept(std::string const& what) {
    return {errc::bad_response, "the server took the " + what + " but does not have it"};
}

// The server has no such thing, or not for us.
bool is_missing(failure const& error) {
    return error.code == condition::unsupported || error.code == condition::unauthorized;
}

std::string in_column(std::string_view text) {
    std::string out{text};
    out.resize(std::max<std::size_t>(out.size(), 9), ' ');
    return out;
}

std::string took_text(std::chrono::nanoseconds took) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2f s", std::chrono::duration<double>(took).count());
    return text.data();
}

}  // namespace

verification::verification(runtime& serving, environment const& around, options settings)
    : serving_(serving),
      settings_(std::move(settings)),
      rest_(serving.rest()),
      clock_(around.clock),
      timer_(clock_->make_timer(serving.get_executor())),
      waits_(around, serving.get_executor(), settings_.say) {
    // A server may refuse polls of a type that it does not know.
    serving_.add(settings_.name, echo, {.paused = true});
}

awaitable<bool> verification::run() {
    constexpr std::array<std::pair<verify_step, step_function>, 5> steps{{
        {verify_step::token, &verification::ask_for_token},
        {verify_step::define, &verification::define},
        {verify_step::run, &verification::run_workflow},
        {verify_step::offers, &verification::see_offers},
        {verify_step::schedule, &verification::schedule},
    }};
    bool all_well = true;
    for (auto const& [step, body] : steps) {
        if (interrupted_ || !all_well) break;
        all_well = co_await perform(step, body);
    }
    bool const was_interrupted = std::exchange(interrupted_, false);
    is_cleaning_ = true;
    bool const is_clean =
        written_.empty() || co_await perform(verify_step::clean_up, &verification::clean_up);
    co_return all_well&& is_clean && !was_interrupted;
}

void verification::interrupt() {
    // What was written is removed in any case, and what cannot be is named.
    if (is_cleaning_) return;
    interrupted_ = true;
    settings_.say("interrupted; what was written is removed");
    timer_->wake();
    waits_.wake();
}

awaitable<bool> verification::perform(verify_step step, step_function body) {
    auto const began = clock_->now();
    auto const done = co_await attempt(body);
    auto const name = in_column(to_string(step));
    if (done.has_value()) {
        settings_.say("ok    " + name + " " + *done + " (" + took_text(clock_->now() - began) +
                      ")");
        co_return true;
    }
    if (interrupted_) co_return true;
    settings_.say("FAILED " + name + " " + printable(done.error().message()));
    settings_.say("      " + std::string{advice(step, done.error(), settings_.has_key)});
    co_return false;
}

// Each step may begin again: what it has written, it writes once more.
awaitable<result<std::string>> verification::attempt(step_function body) {
    waits_.begin();
    for (;;) {
        auto done = co_await (this->*body)();
        if (done.has_value() || interrupted_) co_return done;
        bool const again = co_await waits_.before_next(done.error());
        if (!again || interrupted_) co_return done;
    }
}

awaitable<result<std::string>> verification::ask_for_token() {
    metadata_client metadata{rest_};
    auto const found = co_await metadata.task_definition(settings_.name);
    if (found.has_error()) co_return found.error();
    if (found->has_value()) co_return failure{errc::bad_response, settings_.name + " is in use"};
    bool const has_token = rest_->token() == token_state::good;
    co_return has_token ? "the server gave one and takes it"
                        : "none is needed: the server has no authentication";
}

awaitable<result<std::string>> verification::define() {
    metadata_client metadata{rest_};
    auto const& name = settings_.name;
    will_write("task definition", "/metadata/taskdefs/{tasktype}", {name});
    auto const task = co_await metadata.create_task_definition(task_definition(name));
    if (task.has_error()) co_return not_written("task definition", task.error());
    will_write("workflow", "/metadata/workflow/{name}/{version}", {name, "1"});
    auto const workflow = co_await metadata.put_workflow_definition(workflow_definition(name));
    if (workflow.has_error()) co_return not_written("workflow", workflow.error());
    auto const kept_task = co_await metadata.task_definition(name);
    if (kept_task.has_error()) co_return kept_task.error();
    if (!kept_task->has_value()) co_return not_kept("task definition");
    auto const kept_workflow = co_await metadata.workflow_definition(name, 1);
    if (kept_workflow.has_error()) co_return kept_workflow.error();
    if (!kept_workflow->has_value()) co_return not_kept("workflow");
    co_return "task definition and workflow " + name + " written and read";
}

awaitable<result<std::string>> verification::run_workflow() {
    workflow_client workflows{rest_};
    serving_.resume(settings_.name);
    if (workflow_id_.empty()) {
        start_workflow_request request{.name = settings_.name, .version = 1};
        request.input["text"] = greeting;
        auto const started = co_await workflows.start(std::move(request));
        if (started.has_error()) co_return started.error();
        workflow_id_ = *started;
        will_write("execution", "/workflow/{workflowId}/remove", {workflow_id_});
    }
    auto const deadline = clock_->now() + settings_.run_max;
    while (!interrupted_) {
        auto const workflow = co_await workflows.get(workflow_id_);
        if (workflow.has_error()) co_return workflow.error();
        auto const status = member_text(*workflow, "status");
        if (status == "COMPLETED") {
            auto const* const output = workflow->if_contains("output");
            bool const is_right = output != nullptr && output->is_object() &&
                                  member_text(output->get_object(), "text") == greeting;
            if (!is_right) co_return failure{errc::bad_response, "the workflow lost its output"};
            co_return "workflow COMPLETED, its task polled, run and reported here";
        }
        if (status != "RUNNING") {
            co_return failure{errc::bad_response,
                              "the workflow is " + printable(status) + ": " +
                                  member_text(*workflow, "reasonForIncompletion")};
        }
        if (clock_->now() >= deadline)
            co_return failure{errc::timed_out, std::string{not_handed_out}};
        co_await timer_->wait_until(clock_->now() + look_interval);
    }
    co_return failure{errc::stopped};
}

// Nothing here has to be there.
awaitable<result<std::string>> verification::see_offers() {
    task_client tasks{rest_};
    search_request request{.type = settings_.name, .status = "COMPLETED", .count = 1};
    auto const found = co_await tasks.search(std::move(request));
    if (found.has_error() && !is_missing(found.error())) co_return found.error();
    std::vector<std::string> queues{settings_.name};
    auto const sizes = co_await tasks.queue_sizes(std::move(queues));
    if (sizes.has_error() && !is_missing(sizes.error())) co_return sizes.error();
    std::string text = found.has_value()
                           ? "lost claims can be looked for"
                           : "no search for tasks, so a claim whose answer is lost comes back "
                             "after its response timeout";
    co_return text + (sizes.has_value() ? "; lengths of queues" : "; no lengths of queues");
}

awaitable<result<std::string>> verification::schedule() {
    scheduler_client schedules{rest_};
    auto const& name = settings_.name;
    will_write("schedule", "/scheduler/schedules/{name}", {name});
    auto const written = co_await schedules.put(schedule_definition(name));
    if (written.has_error()) co_return not_written("schedule", written.error());
    auto const resumed = co_await schedules.resume(name);
    if (resumed.has_error()) co_return resumed.error();
    auto const goes_on = co_await expect_paused(false);
    if (goes_on.has_error()) co_return goes_on.error();
    auto const paused = co_await schedules.pause(name);
    if (paused.has_error()) co_return paused.error();
    auto const stands = co_await expect_paused(true);
    if (stands.has_error()) co_return stands.error();
    co_return "written, resumed, paused";
}

awaitable<result<void>> verification::expect_paused(bool paused) {
    scheduler_client schedules{rest_};
    auto const read = co_await schedules.get(settings_.name);
    if (read.has_error()) co_return read.error();
    if (!read->has_value()) co_return not_kept("schedule");
    auto const* const member = (*read)->if_contains("paused");
    bool const is_paused = member != nullptr && member->is_bool() && member->get_bool();
    if (is_paused == paused) co_return boost::system::in_place_value;
    co_return failure{errc::bad_response,
                      paused ? "the schedule was not paused" : "the schedule was not resumed"};
}

awaitable<result<std::string>> verification::clean_up() {
    std::optional<failure> first;
    std::string left;
    // In the order that leaves nothing hanging: the last thing written first.
    for (auto at = written_.rbegin(); at != written_.rend(); ++at) {
        auto error = co_await remove(*at);
        if (!error) continue;
        left += (left.empty() ? "" : ", ") + at->what + " " + at->arguments.front();
        if (!first) first = std::move(error);
    }
    if (!first) co_return "nothing is left";
    first->detail = "left on the server, remove it there: " + left + "; " + first->detail;
    co_return *std::move(first);
}

awaitable<std::optional<failure>> verification::remove(written_thing const& thing) {
    if (thing.what == "execution") {
        workflow_client workflows{rest_};
        // One that has ended refuses it, which is as well.
        co_await workflows.terminate(thing.arguments.front(), "conductor-workerd verify");
    }
    rest_call call{.method = "DELETE", .path = thing.path, .arguments = thing.arguments};
    auto const removed = co_await rest_->call(std::move(call));
    if (removed.has_value() || removed.error().code == condition::gone) co_return std::nullopt;
    co_return removed.error();
}

void verification::will_write(std::string what, std::string path,
                              std::vector<std::string> arguments) {
    for (auto const& each : written_)
        if (each.what == what) return;
    written_.push_back({std::move(what), std::move(path), std::move(arguments)});
}

// A server that refuses to write has written nothing.
failure verification::not_written(std::string_view what, failure error) {
    if (error.code == condition::unauthorized)
        std::erase_if(written_, [what](written_thing const& each) { return each.what == what; });
    return error;
}

}  // namespace conductor::daemon
