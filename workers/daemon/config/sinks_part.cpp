#include <daemon/config/nearest_name.hpp>
#include <daemon/config/parts.hpp>

#include <algorithm>
#include <array>

namespace conductor::daemon {
namespace {

enum class need { none, allowed, required };

// The keys of each type of sink.
struct sink_keys {
    std::string_view type;
    need base;
    need secret;
    need path;
};

constexpr std::array<sink_keys, 5> types{{
    {"sqlite", need::none, need::none, need::required},
    {"file", need::none, need::none, need::required},
    {"webhook", need::required, need::required, need::none},
    {"commonroom", need::required, need::allowed, need::none},
    {"orbit", need::required, need::allowed, need::none},
}};

// The database that is there without being asked for, so that nobody needs an account anywhere.
constexpr auto local_sink = "local";
constexpr auto local_database = "community.db";

std::string type_names() {
    std::vector<std::string> names;
    for (auto const& one : types) names.emplace_back(one.type);
    return listed(names);
}

sink_keys const* read_type(section& part) {
    auto const written = part.text("type");
    if (!written) {
        part.complain(part.where(), "type", "is missing; write one of: " + type_names());
        return nullptr;
    }
    auto const found = std::ranges::find(types, written->text, &sink_keys::type);
    if (found == types.end()) {
        part.complain(written->where, "type",
                      '"' + written->text + "\" is not possible; write one of: " + type_names());
        return nullptr;
    }
    part.report().from_file(part.path("type"), written->text, written->where);
    return &*found;
}

// The path of a webhook's address often is its password.
std::string shown_base(sink_config const& sink) {
    if (sink.type != "webhook") return sink.base;
    auto const scheme_end = sink.base.find("://");
    if (scheme_end == std::string::npos) return sink.base;
    auto const path = sink.base.find('/', scheme_end + 3);
    return path == std::string::npos ? sink.base : sink.base.substr(0, path) + "/…";
}

void read_base(section& part, sink_config& sink) {
    auto const written = part.text("base");
    if (!written) {
        part.complain(part.where(), "base",
                      sink.type == "webhook"
                          ? "is missing; write the address that takes the activities"
                          : "is missing; write the base address of the sink's API, such as "
                            "http://127.0.0.1:9002/api/v1");
        return;
    }
    auto const base = read_address(part, "base", *written);
    // A webhook's address is used sign by sign: the slash at its end belongs to it.
    sink.base = base && sink.type == "webhook" ? written->text : base.value_or("");
    part.report().from_file(part.path("base"), shown_base(sink), written->where);
}

void read_secret(section& part, need rule, config const& out, sink_config& sink) {
    auto const written = part.text("secret");
    if (written) {
        if (is_configured(part, "secret", *written, out)) sink.secret = written->text;
        part.report().from_file(part.path("secret"), written->text, written->where);
    } else if (rule == need::required) {
        part.complain(part.where(), "secret",
                      "is missing; name the secret that signs what is sent");
    } else {
        part.report().by_default(part.path("secret"), "(none)");
    }
}

bool climbs(std::string_view path) {
    while (!path.empty()) {
        auto const step = path.substr(0, path.find('/'));
        if (step == "..") return true;
        path.remove_prefix(std::min(step.size() + 1, path.size()));
    }
    return false;
}

std::optional<std::string> complaint_about(std::string const& path, std::string const& state_dir) {
    if (climbs(path)) return "leads out of its folder; write it without ..";
    if (path.empty() || path.ends_with('/')) return "is a folder; write the path of a file";
    if (!path.starts_with('/') && state_dir.empty()) {
        return "is relative to state_dir, and there is none; set state_dir, or write an absolute "
               "path";
    }
    return std::nullopt;
}

void read_path(section& part, config const& out, sink_config& sink) {
    auto const written = part.text("path");
    if (!written) {
        part.complain(part.where(), "path",
                      "is missing; write the path of a file, absolute or relative to state_dir");
        return;
    }
    if (auto const complaint = complaint_about(written->text, out.state_dir)) {
        part.complain(written->where, "path", '"' + written->text + "\" " + *complaint);
        return;
    }
    bool const is_absolute = written->text.starts_with('/');
    sink.path = is_absolute ? written->text : out.state_dir + '/' + written->text;
    part.report().from_file(part.path("path"), sink.path, written->where);
}

sink_config read_sink(section part, config const& out) {
    sink_config sink;
    auto const* const keys = read_type(part);
    if (keys == nullptr) {
        // Which keys it may have depends on the type: what is left cannot be judged.
        for (auto const* key : {"base", "secret", "path", "request_timeout_seconds"})
            static_cast<void>(part.text(key));
        part.finish();
        return sink;
    }
    sink.type = keys->type;
    if (keys->base != need::none) {
        read_base(part, sink);
        sink.request_timeout = read_request_timeout(part);
    }
    if (keys->secret != need::none) read_secret(part, keys->secret, out, sink);
    if (keys->path != need::none) read_path(part, out, sink);
    part.finish();
    return sink;
}

void add_local_sink(section& part, config const& out, orbit_upload_config& upload) {
    if (out.state_dir.empty()) {
        part.complain(part.where(), "sinks",
                      "is missing; name at least one sink, such as "
                      "orbit: { type: orbit, base: http://127.0.0.1:9002/api/v1 }, or set "
                      "state_dir to have a local database there");
        return;
    }
    auto const path = out.state_dir + '/' + local_database;
    upload.sinks.emplace(local_sink, sink_config{.type = "sqlite", .path = path});
    auto const key = part.path("sinks") + '.' + local_sink;
    part.report().by_default(key + ".type", "sqlite");
    part.report().by_default(key + ".path", path);
}

void read_default_sink(section& part, orbit_upload_config& upload) {
    auto const written = part.text("default_sink");
    if (written && !upload.sinks.contains(written->text)) {
        std::vector<std::string> names;
        for (auto const& [name, ignored] : upload.sinks) names.push_back(name);
        part.complain(written->where, "default_sink",
                      '"' + written->text + "\" is not among the sinks (" +
                          (names.empty() ? "there are none" : listed(names)) + ')');
    } else if (written) {
        upload.default_sink = written->text;
        part.report().from_file(part.path("default_sink"), written->text, written->where);
    } else if (upload.sinks.size() == 1) {
        upload.default_sink = upload.sinks.begin()->first;
        part.report().by_default(part.path("default_sink"), upload.default_sink + ", the only one");
    } else {
        part.report().by_default(part.path("default_sink"), "(none)");
    }
}

}  // namespace

void read_sinks(section& part, config const& out, orbit_upload_config& upload) {
    section sinks = part.mapping("sinks");
    for (auto& [name, sink] : sinks.mappings())
        upload.sinks.emplace(name, read_sink(std::move(sink), out));
    if (upload.sinks.empty()) add_local_sink(part, out, upload);
    read_default_sink(part, upload);
}

}  // namespace conductor::daemon
