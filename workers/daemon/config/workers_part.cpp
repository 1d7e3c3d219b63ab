#include <daemon/config/nearest_name.hpp>
#include <daemon/config/parts.hpp>

#include <contract/allowed_hosts.hpp>

#include <conductor/config_error.hpp>
#include <conductor/worker_environment.hpp>

#include <algorithm>
#include <functional>
#include <sstream>
#include <utility>

namespace conductor::daemon {
namespace {

constexpr number_rule slots_rule{1, 1000};
constexpr number_rule poll_interval_rule{1, 60'000, "ms"};
constexpr number_rule request_timeout_rule{1, 300, "seconds"};
constexpr number_rule poll_timeout_rule{0, 5'000, "ms"};

std::string truth(bool value) { return value ? "true" : "false"; }

// Which variable has set what of a worker's options.
void note_overrides(section& part, worker_environment const& found) {
    struct property {
        std::string name;
        std::string key;
        std::string value;
    };
    worker_options const& options = found.options;
    std::ostringstream threshold;
    threshold << options.lease_threshold;
    property const properties[] = {
        {"thread_count", "slots", std::to_string(options.slots)},
        {"domain", "domain", options.domain},
        {"poll_interval", "poll_interval_ms",
         std::to_string(options.poll_interval.count()) + " ms"},
        {"poll_timeout", "poll_timeout_ms", std::to_string(options.poll_timeout.count()) + " ms"},
        {"paused", "paused", truth(options.paused)},
        {"lease_extend_enabled", "lease", truth(options.lease)},
        {"lease_extend_threshold", "lease_threshold", threshold.str()},
    };
    for (property const& one : properties) {
        auto const origin = found.origins.find(one.name);
        if (origin != found.origins.end())
            part.report().from_environment(part.path(one.key), one.value, origin->second);
    }
}

bool read_truth(section& part, std::string const& key, bool otherwise) {
    return part.choice(key, {"true", "false"}, truth(otherwise)) == "true";
}

void read_domain(section& part, std::string& domain) {
    auto const written = part.text("domain");
    if (!written) {
        part.report().by_default(part.path("domain"), "(none)");
        return;
    }
    domain = written->text;
    part.report().from_file(part.path("domain"), domain, written->where);
}

worker_options read_options(section& part, std::string const& type, std::size_t slots,
                            surroundings const& around) {
    worker_options options;
    options.slots = static_cast<std::size_t>(
        part.number("slots", slots_rule, static_cast<std::int64_t>(slots)));
    read_domain(part, options.domain);
    options.poll_interval = std::chrono::milliseconds{
        part.number("poll_interval_ms", poll_interval_rule, options.poll_interval.count())};
    options.poll_timeout = std::chrono::milliseconds{
        part.number("poll_timeout_ms", poll_timeout_rule, options.poll_timeout.count())};
    options.paused = read_truth(part, "paused", options.paused);
    options.lease = read_truth(part, "lease", options.lease);
    try {
        auto found = read_worker_environment(options, type, around.variable);
        note_overrides(part, found);
        options = std::move(found.options);
    } catch (config_error const& error) {
        // Reported with the others: whoever corrects a configuration wants to see all faults.
        part.report().complain_of_environment("", error.what());
    }
    return options;
}

// Reads a list of texts and notes it.
std::vector<std::string> read_list(section& part, std::string const& key,
                                   std::function<void(located_text const&)> const& check) {
    std::vector<std::string> texts;
    auto const written = part.list(key);
    for (located_text const& one : written) {
        check(one);
        texts.push_back(one.text);
    }
    if (written.empty())
        part.report().by_default(part.path(key), "(none)");
    else
        part.report().from_file(part.path(key), listed(texts), written.front().where);
    return texts;
}

void check_host(section& part, located_text const& written) {
    std::string const entries[] = {written.text};
    if (workers::allowed_hosts::parse(entries).has_error()) {
        part.complain(written.where, "allowed_hosts",
                      "an entry is HOST or HOST:PORT, without scheme and path");
    }
}

void read_default_secret(section& part, github_fetch_config& fetch) {
    auto const written = part.text("default_secret");
    if (!written) {
        part.report().by_default(part.path("default_secret"), "(none)");
        return;
    }
    if (std::ranges::find(fetch.secrets, written->text) == fetch.secrets.end()) {
        part.complain(written->where, "default_secret",
                      "must be one of the secrets that this worker lists");
        return;
    }
    fetch.default_secret = written->text;
    part.report().from_file(part.path("default_secret"), written->text, written->where);
}

github_fetch_config read_github_fetch(section part, surroundings const& around, config const& out) {
    github_fetch_config fetch;
    fetch.options = read_options(part, "github_fetch", 4, around);
    if (auto const base = part.text("api_base")) {
        fetch.api_base = read_address(part, "api_base", *base).value_or(fetch.api_base);
        part.report().from_file(part.path("api_base"), fetch.api_base, base->where);
    } else {
        part.report().by_default(part.path("api_base"), fetch.api_base);
    }
    fetch.allowed_hosts =
        read_list(part, "allowed_hosts", [&](located_text const& host) { check_host(part, host); });
    fetch.secrets = read_list(part, "secrets", [&](located_text const& name) {
        is_configured(part, "secrets", name, out);
    });
    read_default_secret(part, fetch);
    fetch.request_timeout = read_request_timeout(part);
    part.finish();
    return fetch;
}

star_filter_config read_star_filter(section part, surroundings const& around) {
    star_filter_config filter;
    filter.options = read_options(part, "star_filter", 2, around);
    part.finish();
    return filter;
}

orbit_upload_config read_orbit_upload(section part, surroundings const& around, config const& out) {
    orbit_upload_config upload;
    upload.options = read_options(part, "orbit_upload", 2, around);
    read_sinks(part, out, upload);
    part.finish();
    return upload;
}

}  // namespace

bool is_configured(section& part, std::string const& key, located_text const& name,
                   config const& out) {
    if (out.secrets.contains(name.text)) return true;
    std::vector<std::string> names;
    for (auto const& [known, ignored] : out.secrets) names.push_back(known);
    part.complain(name.where, key,
                  '"' + name.text + "\" is not among the secrets of this file (" +
                      (names.empty() ? "there are none" : listed(names)) + ')');
    return false;
}

std::chrono::seconds read_request_timeout(section& part) {
    return std::chrono::seconds{part.number("request_timeout_seconds", request_timeout_rule, 30)};
}

void read_workers(section part, surroundings const& around, config& out) {
    section fetch = part.mapping("github_fetch");
    section filter = part.mapping("star_filter");
    section upload = part.mapping("orbit_upload");
    if (fetch.present()) out.github_fetch = read_github_fetch(std::move(fetch), around, out);
    if (filter.present()) out.star_filter = read_star_filter(std::move(filter), around);
    if (upload.present()) out.orbit_upload = read_orbit_upload(std::move(upload), around, out);
    part.finish();
    if (!out.github_fetch && !out.star_filter && !out.orbit_upload) {
        part.complain(part.where(), "",
                      "names no worker; add at least one of github_fetch, star_filter, "
                      "orbit_upload");
    }
}

}  // namespace conductor::daemon
