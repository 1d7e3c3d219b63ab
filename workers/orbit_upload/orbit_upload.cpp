#include <orbit_upload/orbit_upload.hpp>

#include <orbit_upload/upload_run.hpp>

#include <conductor/config_error.hpp>

#include <optional>
#include <utility>

namespace conductor::workers {
namespace {

// What all tasks of the type share.
struct upload_desk {
    std::string default_sink;
    std::map<std::string, upload_target> targets;
    std::shared_ptr<conductor::clock> clock;
};

fault bad_input(std::string message) {
    return {.code = codes::bad_input, .message = std::move(message)};
}

std::string names_of(std::map<std::string, upload_target> const& targets) {
    std::string names;
    for (auto const& [name, target] : targets) names += names.empty() ? name : ", " + name;
    return names.empty() ? "none is configured" : "expected one of " + names;
}

// Null when neither the input nor the configuration names a sink.
outcome<upload_target*> find_target(upload_desk& desk, std::string const& named) {
    auto const& name = named.empty() ? desk.default_sink : named;
    if (name.empty()) return nullptr;
    auto const found = desk.targets.find(name);
    if (found == desk.targets.end()) return bad_input("/sink: " + names_of(desk.targets));
    return &found->second;
}

// The key that goes with the request; empty for a sink that needs none.
outcome<secret> find_key(upload_target const& target, upload_request const& request) {
    auto const rule = target.sink->key_rule();
    if (rule == key_rule::none) return secret{};
    bool const is_asked_for = rule == key_rule::of_input;
    std::string const member = is_asked_for ? "/orbit_apikey" : "/sink";
    std::string_view const asked = request.key.reveal();
    auto found = target.secrets.resolve(is_asked_for ? asked : std::string_view{});
    if (!found) return bad_input(member + ": " + found.error().detail);
    if (!*found) {
        return bad_input(member + (is_asked_for
                                       ? ": is required, as the sink has no secret of its own"
                                       : ": has no secret to sign with"));
    }
    return std::move((*found)->value);
}

awaitable<task_result> upload(std::shared_ptr<upload_desk> desk, task const& task,
                              task_context& context) {
    auto request = read_upload_request(task.input());
    if (!request) co_return fail(request.error());
    auto const found = find_target(*desk, request->sink);
    if (!found) co_return fail(found.error());
    upload_target* const target = *found;
    if (request->dry_run || request->activities.empty()) {
        auto const sink = target != nullptr ? target->name : std::string{};
        co_return upload_nothing(*request, sink, context);
    }
    if (target == nullptr)
        co_return fail(bad_input("/sink: is required, " + names_of(desk->targets)));
    auto key = find_key(*target, *request);
    if (!key) co_return fail(key.error());
    request->key = *std::move(key);
    upload_run run{*target, *std::move(request), context, desk->clock};
    co_return co_await run.send_all();
}

upload_target make_target(std::string const& name, sink_options options,
                          std::shared_ptr<http::client> client, std::shared_ptr<clock> clock) {
    try {
        auto made = make_sink(options, std::move(client), std::move(clock));
        return {name, std::move(made), std::move(options.secrets), options.request_timeout};
    } catch (config_error const& error) {
        throw config_error("sinks." + name + "." + error.what());
    }
}

}  // namespace

worker make_orbit_upload(orbit_upload_options options, std::shared_ptr<http::client> client,
                         environment environment) {
    auto desk = std::make_shared<upload_desk>();
    desk->clock = std::move(environment.clock);
    for (auto& [name, sink] : options.sinks)
        desk->targets.emplace(name, make_target(name, std::move(sink), client, desk->clock));
    if (!options.default_sink.empty() && !desk->targets.contains(options.default_sink))
        throw config_error("default_sink: " + names_of(desk->targets));
    desk->default_sink = std::move(options.default_sink);
    coroutine_handler run = [desk = std::move(desk)](task const& task, task_context& context) {
        return upload(desk, task, context);
    };
    return {.type = "orbit_upload", .run = std::move(run)};
}

}  // namespace conductor::workers
