#pragma once

#include <daemon/config/listen_address.hpp>

#include <contract/secret_source.hpp>

#include <conductor/client_options.hpp>
#include <conductor/outbox.hpp>
#include <conductor/worker.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

/** @brief The worker daemon: configuration, commands, logs, health. */
namespace conductor::daemon {

/** @brief How `github_fetch` is served. */
struct github_fetch_config {
    /** @brief Slots, domain, poll times. */
    worker_options options{};
    /** @brief Base address of GitHub's API. */
    std::string api_base = "https://api.github.com";
    /** @brief Hosts besides `api_base`'s that an input may name: `host` or `host:port`. */
    std::vector<std::string> allowed_hosts{};
    /** @brief Names of the secrets that inputs may name. */
    std::vector<std::string> secrets{};
    /** @brief The secret for an input without a token; empty for none. */
    std::string default_secret{};
    /** @brief The most that one request may take. */
    std::chrono::seconds request_timeout{30};
};

/** @brief How `star_filter` is served. */
struct star_filter_config {
    /** @brief Slots, domain, poll times. */
    worker_options options{};
};

/** @brief Where activities go. */
struct sink_config {
    /** @brief `orbit`, `commonroom`, `webhook`, `file` or `sqlite`. */
    std::string type;
    /** @brief Base address of its API, or a webhook's address; empty for a file or database. */
    std::string base{};
    /** @brief Name of its secret; empty for none. */
    std::string secret{};
    /** @brief Absolute path of its file or database; empty for a service. */
    std::string path{};
    /** @brief The most that one request may take. */
    std::chrono::seconds request_timeout{30};
};

/** @brief How `orbit_upload` is served. */
struct orbit_upload_config {
    /** @brief Slots, domain, poll times. */
    worker_options options{};
    /** @brief The sink for an input that names none. */
    std::string default_sink{};
    /** @brief Sinks by name. */
    std::map<std::string, sink_config> sinks{};
};

/** @brief How much is logged: lines of this level and above. */
enum class log_level {
    /** @brief Every poll that brought tasks, every start and delivery. */
    debug,
    /** @brief One line a task. */
    info,
    /** @brief Failed tasks, and a server that cannot be reached. */
    warn,
    /** @brief Results that were lost. */
    error,
};

/** @brief How a line of the log looks. */
enum class log_format {
    /** @brief `TIME LEVEL MESSAGE name=value …`. */
    text,
    /** @brief One JSON object a line. */
    json,
};

/** @brief How results are kept that the server has not taken. */
struct outbox_config {
    /** @brief When they go to the disk. */
    outbox_mode mode = outbox_mode::off;
    /** @brief Absolute path of the file; empty when there is no place for it. */
    std::string path{};
    /** @brief The most results. */
    std::size_t rows_max = 100'000;
    /** @brief Their size at the most. */
    std::size_t bytes_max = std::size_t{256} * 1024 * 1024;
};

/** @brief A secret that the operator configured. */
struct configured_secret {
    /** @brief Where it comes from, e.g. `env:GITHUB_TOKEN`. */
    std::string reference;
    /** @brief Reads it. */
    workers::secret_reader read;
};

/** @brief The admin page. */
struct control_config {
    /** @brief Letters of a token, at least: twelve random bytes in base 64, which nobody guesses at
     *  ten a minute. */
    static constexpr std::size_t token_letters_min = 16;
    /** @brief Where it is served; none: not at all. */
    std::optional<listen_address> listen{};
    /** @brief What a person or program must know; none: who reaches it sees it, and nobody changes
     *  anything. */
    std::optional<configured_secret> token{};
    /** @brief Names of its host, in lower case, besides numeric addresses and `localhost`. */
    std::vector<std::string> hosts{};
};

/** @brief All that the daemon is told. */
struct config {
    /** @brief The Conductor server. */
    client_options server{};
    /** @brief Secrets by name. */
    std::map<std::string, configured_secret> secrets{};
    /** @brief None: not served. */
    std::optional<github_fetch_config> github_fetch{};
    /** @brief None: not served. */
    std::optional<star_filter_config> star_filter{};
    /** @brief None: not served. */
    std::optional<orbit_upload_config> orbit_upload{};
    /** @brief None: neither health endpoints nor metrics. */
    std::optional<listen_address> admin{listen_address{}};
    /** @brief The admin page. */
    control_config control{};
    /** @brief How often the lengths of the task types' queues are asked for; zero for never. */
    std::chrono::seconds queue_depths_every{0};
    /** @brief Where the daemon may keep files; empty for nowhere. */
    std::string state_dir{};
    /** @brief Results that the server has not taken. */
    outbox_config outbox{};
    /** @brief The least severe lines that are logged. */
    daemon::log_level log_level = daemon::log_level::info;
    /** @brief How they look. */
    daemon::log_format log_format = daemon::log_format::text;
    /** @brief How long running tasks may go on after SIGTERM. */
    std::chrono::seconds grace{25};
};

/** @brief The addresses of a server, for people. */
std::string addresses_text(client_options const& server);

/** @brief One setting as it holds, for people. */
struct effective_value {
    /** @brief The key's path. */
    std::string path;
    /** @brief The value; for a secret only that it is set, and where it comes from. */
    std::string value;
    /** @brief `FILE:LINE`, `environment NAME` or `default`. */
    std::string origin;

    friend bool operator==(effective_value const&, effective_value const&) = default;
};

}  // namespace conductor::daemon
