#include <orbit_upload/make_sink.hpp>

#include <orbit_upload/commonroom_sink.hpp>
#include <orbit_upload/file_sink.hpp>
#include <orbit_upload/orbit_sink.hpp>
#include <orbit_upload/sqlite_sink.hpp>
#include <orbit_upload/webhook_sink.hpp>

#include <conductor/config_error.hpp>

#include <array>
#include <utility>

namespace conductor::workers {
namespace {

// What sinks are made with.
struct sink_parts {
    sink_options const& options;
    std::shared_ptr<http::client> client;
    std::shared_ptr<conductor::clock> clock;
};

using sink_maker = std::unique_ptr<sink> (*)(sink_parts parts);

http_channel channel_to(std::string base, sink_parts parts) {
    return {std::move(base), std::move(parts.client), std::move(parts.clock)};
}

std::string checked_base(sink_options const& options) {
    auto base = sink_base(options.base);
    if (!base) throw config_error("base: " + base.error().message());
    return *std::move(base);
}

std::string checked_path(sink_options const& options) {
    if (!options.path.starts_with('/')) throw config_error("path: expected an absolute path");
    return options.path;
}

template <class Sink>
std::unique_ptr<sink> make_api(sink_parts parts) {
    auto base = checked_base(parts.options);
    return std::make_unique<Sink>(channel_to(std::move(base), std::move(parts)));
}

// Every sign of the address counts: a slash at its end may be another one to the receiver.
std::unique_ptr<sink> make_webhook(sink_parts parts) {
    checked_base(parts.options);
    return std::make_unique<webhook_sink>(channel_to(parts.options.base, parts));
}

template <class Sink>
std::unique_ptr<sink> make_local(sink_parts parts) {
    return std::make_unique<Sink>(checked_path(parts.options), std::move(parts.clock));
}

constexpr std::array<std::pair<std::string_view, sink_maker>, 5> makers{{
    {"orbit", make_api<orbit_sink>},
    {"commonroom", make_api<commonroom_sink>},
    {"webhook", make_webhook},
    {"file", make_local<file_sink>},
    {"sqlite", make_local<sqlite_sink>},
}};

}  // namespace

std::unique_ptr<sink> make_sink(sink_options const& options, std::shared_ptr<http::client> client,
                                std::shared_ptr<clock> clock) {
    std::string types;
    for (auto const& [type, make] : makers) {
        if (type == options.type) return make({options, std::move(client), std::move(clock)});
        types += types.empty() ? "" : ", ";
        types += type;
    }
    throw config_error("type: expected one of " + types);
}

}  // namespace conductor::workers
