#include <orbit_upload/orbit_upload.hpp>

#include <orbit_upload/orbit_sink.hpp>
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
    for (auto const& [name, target] : targets) {
        names += names.empty() ? name : ", " + name;
    }
    return names.empty() ? "none is configured" : "expected one of " + names;
}

// Null when neither the input nor the configuration names a sink.
outcome<upload_target*> find_target(upload_desk& desk, std::string const& named) {
    auto const& name = named.empty() ? desk.default_sink : named;
    if (name.empty()) {
        return nullptr;
    }
    auto const found = desk.targets.find(name);
    if (found == desk.targets.end()) {
        return bad_input("/sink: " + names_of(desk.targets));
    }
    return &found->second;
}

outcome<secret> find_key(upload_target const& target, upload_request const& request) {
    auto found = target.secrets.resolve(request.key.reveal());
    if (!found) {
        return bad_input("/orbit_apikey: " + found.error().detail);
    }
    if (!*found) {
        return bad_input("/orbit_apikey: is required, as the sink has no secret of its own");
    }
    return std::move((*found)->value);
}

awaitable<task_result> upload(std::shared_ptr<upload_desk> desk, task const& task,
                              task_context& context) {
    auto request = read_upload_request(task.input());
    if (!request) {
        co_return fail(request.error());
    }
    auto const found = find_target(*desk, request->sink);
    if (!found) {
        co_return fail(found.error());
    }
    upload_target* const target = *found;
    if (request->dry_run || request->activities.empty()) {
        auto const sink = target != nullptr ? target->name : std::string{};
        co_return upload_nothing(*request, sink, context);
    }
    if (target == nullptr) {
        co_return fail(bad_input("/sink: is required, " + names_of(desk->targets)));
    }
    auto key = find_key(*target, *request);
    if (!key) {
        co_return fail(key.error());
    }
    request->key = *std::move(key);
    upload_run run{*target, *std::move(request), context, desk->clock};
    co_return co_await run.send_all();
}

std::unique_ptr<sink> make_sink(std::string const& name, sink_options const& options,
                                std::shared_ptr<http::client> client,
                                std::shared_ptr<clock> clock) {
    if (options.type != "orbit") {
        throw config_error("sinks." + name + ".type: expected orbit");
    }
    auto base = orbit_base(options.base);
    if (!base) {
        throw config_error("sinks." + name + ".base: " + base.error().message());
    }
    return std::make_unique<orbit_sink>(*std::move(base), std::move(client), std::move(clock));
}

}  // namespace

worker make_orbit_upload(orbit_upload_options options, std::shared_ptr<http::client> client,
                         environment environment) {
    auto desk = std::make_shared<upload_desk>();
    desk->clock = std::move(environment.clock);
    for (auto& [name, sink] : options.sinks) {
        auto made = make_sink(name, sink, client, desk->clock);
        desk->targets.emplace(name, upload_target{name, std::move(made), std::move(sink.secrets)});
    }
    if (!options.default_sink.empty() && !desk->targets.contains(options.default_sink)) {
        throw config_error("default_sink: " + names_of(desk->targets));
    }
    desk->default_sink = std::move(options.default_sink);
    coroutine_handler run = [desk = std::move(desk)](task const& task, task_context& context) {
        return upload(desk, task, context);
    };
    return {.type = "orbit_upload", .run = std::move(run)};
}

}  // namespace conductor::workers
