#include <daemon/task_types.hpp>

#include <github_fetch/github_fetch.hpp>
#include <orbit_upload/orbit_upload.hpp>
#include <star_filter/star_filter.hpp>

namespace conductor::daemon {
namespace {

std::shared_ptr<workers::secret_source const> make_secrets(config const& settings) {
    auto source = std::make_shared<workers::secret_source>();
    for (auto const& [name, secret] : settings.secrets) source->add(name, secret.read);
    return source;
}

workers::github_fetch_options fetch_options(github_fetch_config const& fetch,
                                            std::shared_ptr<workers::secret_source const> secrets) {
    return {.api_base = fetch.api_base,
            .allowed_hosts = fetch.allowed_hosts,
            .secrets = {.source = std::move(secrets),
                        .allowed = fetch.secrets,
                        .default_secret = fetch.default_secret},
            .request_timeout = fetch.request_timeout};
}

workers::orbit_upload_options upload_options(
    orbit_upload_config const& upload,
    std::shared_ptr<workers::secret_source const> const& secrets) {
    workers::orbit_upload_options out{.default_sink = upload.default_sink, .sinks = {}};
    for (auto const& [name, sink] : upload.sinks) {
        workers::secret_access access{.source = secrets, .allowed = {}, .default_secret = {}};
        if (!sink.secret.empty()) {
            access.allowed = {sink.secret};
            access.default_secret = sink.secret;
        }
        out.sinks.emplace(name, workers::sink_options{sink.type, sink.base, std::move(access),
                                                      sink.path, sink.request_timeout});
    }
    return out;
}

}  // namespace

std::vector<workers::task_description> task_descriptions() {
    return {workers::github_fetch_description(), workers::star_filter_description(),
            workers::orbit_upload_description()};
}

std::vector<worker> make_workers(config const& settings, std::shared_ptr<http::client> client,
                                 environment const& around) {
    auto const secrets = make_secrets(settings);
    std::vector<worker> out;
    auto const add = [&out](worker made, worker_options const& options) {
        made.options = options;
        out.push_back(std::move(made));
    };
    if (settings.github_fetch) {
        auto const& fetch = *settings.github_fetch;
        add(workers::make_github_fetch(fetch_options(fetch, secrets), client, around),
            fetch.options);
    }
    if (settings.star_filter) add(workers::make_star_filter(around), settings.star_filter->options);
    if (settings.orbit_upload) {
        auto const& upload = *settings.orbit_upload;
        add(workers::make_orbit_upload(upload_options(upload, secrets), client, around),
            upload.options);
    }
    return out;
}

http::client_options outside_client_options() {
    http::client_options options;
    options.proxy = http::proxy_options::from_environment();
    options.user_agent = "conductor-workerd";
    return options;
}

}  // namespace conductor::daemon
