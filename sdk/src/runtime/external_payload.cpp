#include "runtime/external_payload.hpp"

#include "runtime/output_text.hpp"

#include <utility>

namespace conductor::runtime_detail {
namespace {

constexpr std::string_view input_path = "externalInputPayloadStoragePath";
constexpr std::string_view output_path = "externalOutputPayloadStoragePath";

// Beyond it a payload would fill memory before it filled a storage.
constexpr std::size_t stored_bytes_max = std::size_t{512} * 1024 * 1024;

std::shared_ptr<task_run> with_input(core const& core, task_run const& run,
                                     boost::json::object input) {
    auto document = run.claimed.document();
    document["inputData"] = std::move(input);
    return std::make_shared<task_run>(run.definition, task(std::move(document)),
                                      run.context.stop_token(), run.context.deadline(),
                                      core.environment.clock);
}

void end_task(task_update& update, failure const& why) {
    update.status = task_status::failed_with_terminal_error;
    update.reason = as_utf8(why.detail);
    update.callback_after = {};
}

}  // namespace

bool keeps_input_elsewhere(task const& claimed) { return !claimed.text(input_path).empty(); }

awaitable<std::optional<task_result>> fetch_input(std::shared_ptr<core> core,
                                                  std::shared_ptr<task_run>& run) {
    std::string const path(run->claimed.text(input_path));
    auto input = co_await core->api->fetch_input(path);
    if (!input)
        co_return task_result::failed("the input, kept at " + path +
                                      ", cannot be had: " + input.error().message());
    core->tell(events::payload_external{run->claimed, payload_use::input_read});
    run = with_input(*core, *run, *std::move(input));
    co_return std::nullopt;
}

awaitable<void> store_output(std::shared_ptr<core> core, task const& claimed, task_update& update,
                             failure unsendable) {
    auto const written = write_output(update, stored_bytes_max);
    update.output = {};
    auto text = std::exchange(update.output_text, {});
    if (!written) co_return end_task(update, written.error());
    auto path = co_await core->api->store_output(std::move(text));
    if (!path) {
        unsendable.detail += ", and not be kept elsewhere: " + path.error().message();
        co_return end_task(update, unsendable);
    }
    core->tell(events::payload_external{claimed, payload_use::output_written});
    update.extra[output_path] = *std::move(path);
}

void keep_stored_output(task const& claimed, task_update& update) {
    if (auto const path = claimed.text(output_path); !path.empty())
        update.extra[output_path] = path;
}

}  // namespace conductor::runtime_detail
