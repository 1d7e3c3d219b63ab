#include <conductor/client_options.hpp>

#include "base/environment_variables.hpp"

namespace conductor {

client_options client_options::from_environment() {
    client_options options;
    auto const assign = [](std::string& target, char const* name) {
        if (auto value = base::read_variable(name)) target = *std::move(value);
    };
    assign(options.server_url, "CONDUCTOR_SERVER_URL");
    assign(options.auth_key, "CONDUCTOR_AUTH_KEY");
    assign(options.auth_secret, "CONDUCTOR_AUTH_SECRET");
    assign(options.http.tls.ca_file, "CONDUCTOR_TLS_CA_PATH");
    assign(options.http.tls.cert_file, "CONDUCTOR_TLS_CERT_PATH");
    assign(options.http.tls.key_file, "CONDUCTOR_TLS_KEY_PATH");
    options.http.proxy = http::proxy_options::from_environment();
    assign(options.http.proxy.http, "CONDUCTOR_PROXY_URL");
    assign(options.http.proxy.https, "CONDUCTOR_PROXY_URL");
    if (auto const limit = base::read_number("CONDUCTOR_REQUEST_TIMEOUT_MS", 1))
        options.request_timeout = std::chrono::milliseconds{*limit};
    return options;
}

}  // namespace conductor
