#include "runtime/external_payload.hpp"

#include "runtime/output_text.hpp"

#include <utility>

namespace conductor::runtime_detail {
namespace {

constexpr std::string_view input_path = "externalInputPayloadStoragePath";
constexpr std::string_view output_path = "externalOutputPayloadStoragePath";

// Beyond it a payload would fill memory before it filled a storage.
constexpr std::size_t stored_bytes_max = std::size_t{512} * 1024 * 1024;

std::shared_ptr<task_run> with_document(core const& core, task_run const& run,
                                        boost::json::object document) {
    return std::make_shared<task_run>(run.definition, task(std::move(document)),
                                      run.context.stop_token(), run.context.deadline(),
                                      core.environment.clock);
}

// A kind of payload that is kept elsewhere.
struct kept {
    std::string_view name;
    std::string_view path;
    char const* member;
    payload_use use;
};

constexpr kept kept_input{"input", input_path, "inputData", payload_use::input_read};
constexpr kept kept_output{"earlier output", output_path, "outputData", payload_use::output_read};

awaitable<std::optional<task_result>> fetch(std::shared_ptr<core> core,
                                            std::shared_ptr<task_run>& run, kept const& what) {
    std::string path(run->claimed.text(what.path));
    if (path.empty()) co_return std::nullopt;
    auto payload = what.use == payload_use::input_read ? core->api->fetch_input(path)
                                                       : core->api->fetch_output(path);
    auto fetched = co_await std::move(payload);
    if (!fetched)
        co_return task_result::failed("the " + std::string(what.name) + ", kept at " + path +
                                      ", cannot be had: " + fetched.error().message());
    core->tell(events::payload_external{run->claimed, what.use});
    auto document = run->claimed.document();
    document[what.member] = *std::move(fetched);
    run = with_document(*core, *run, std::move(document));
    co_return std::nullopt;
}

void end_task(task_update& update, failure const& why) {
    update.status = task_status::failed_with_terminal_error;
    update.reason = as_utf8(why.detail);
    update.callback_after = {};
}

}  // namespace

bool keeps_payloads_elsewhere(task const& claimed) {
    return !claimed.text(input_path).empty() || !claimed.text(output_path).empty();
}

awaitable<std::optional<task_result>> fetch_payloads(std::shared_ptr<core> core,
                                                     std::shared_ptr<task_run>& run) {
    auto failed = co_await fetch(core, run, kept_input);
    if (!failed) failed = co_await fetch(core, run, kept_output);
    co_return failed;
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
