#include <daemon/config/parts.hpp>

#include <contract/allowed_hosts.hpp>

#include <algorithm>
#include <array>

namespace conductor::daemon {
namespace {

// Notes a setting that the file does not make.
void note_unwritten(section& part, std::string const& key, std::string const& value,
                    std::string const& variable, surroundings const& around) {
    if (around.variable(variable))
        part.report().from_environment(part.path(key), value, variable);
    else
        part.report().by_default(part.path(key), value);
}

// The addresses of one cluster; false when there are none in the file.
bool read_written_addresses(section& part, client_options& server) {
    auto const one = part.text("url");
    auto written = part.list("urls");
    std::string const key = one ? "url" : "urls";
    if (one) {
        if (!written.empty())
            part.complain(written.front().where, "urls", "stands beside url; keep one of the two");
        written = {*one};
    }
    std::vector<std::string> addresses;
    for (auto const& each : written)
        if (auto address = read_address(part, key, each)) addresses.push_back(*std::move(address));
    if (addresses.empty()) return !written.empty();
    server.server_url = addresses.front();
    server.server_urls = addresses;
    part.report().from_file(part.path(key), addresses_text(server), written.front().where);
    return true;
}

void read_addresses(section& part, surroundings const& around, client_options& server) {
    if (read_written_addresses(part, server)) return;
    auto const& url = server.server_url;
    if (auto const address = workers::parse_origin(url); address.has_error()) {
        part.report().complain_of_environment(
            "CONDUCTOR_SERVER_URL", "is no address; write it like http://localhost:8080/api");
    }
    note_unwritten(part, "url", url, "CONDUCTOR_SERVER_URL", around);
}

// Read anew each time, so that a renewed token is taken up.
awaitable<result<std::string>> read_token(configured_secret setting) {
    auto token = setting.read();
    if (!token) co_return std::move(token).error();
    auto const fault = workers::why_not_sendable(token->reveal());
    if (!fault.empty()) co_return failure{errc::bad_value, setting.reference + std::string{fault}};
    co_return std::string(token->reveal());
}

void read_token_setting(section& part, located_text const& written, surroundings const& around,
                        client_options& server) {
    if (part.text("key") || part.text("secret"))
        part.complain(written.where, "token", "stands beside key and secret; keep one of the two");
    auto const secret = read_reference(part, "token", written, around);
    if (!secret) return;
    server.auth_key.clear();
    server.auth_secret.clear();
    server.token_provider = [setting = secret->setting] { return read_token(setting); };
    part.report().from_file(part.path("token"), "set, from " + secret->setting.reference,
                            written.where);
}

void read_credential(section& part, std::string const& key, std::string const& variable,
                     surroundings const& around, std::string& out) {
    auto const written = part.text(key);
    if (!written) {
        note_unwritten(part, key, out.empty() ? "(none)" : "set", variable, around);
        return;
    }
    auto const secret = read_reference(part, key, *written, around);
    if (!secret) return;
    out = secret->value.reveal();
    part.report().from_file(part.path(key), "set, from " + secret->setting.reference,
                            written->where);
}

void read_access_key(section& part, surroundings const& around, client_options& server) {
    bool const has_key = part.text("key").has_value();
    bool const has_secret = part.text("secret").has_value();
    if (has_key != has_secret) {
        part.complain(part.where(), has_key ? "secret" : "key",
                      "is missing; key and secret go together");
    }
    read_credential(part, "key", "CONDUCTOR_AUTH_KEY", around, server.auth_key);
    read_credential(part, "secret", "CONDUCTOR_AUTH_SECRET", around, server.auth_secret);
    bool const half = server.auth_key.empty() != server.auth_secret.empty();
    if (half && !has_key && !has_secret) {
        part.report().complain_of_environment(
            server.auth_key.empty() ? "CONDUCTOR_AUTH_KEY" : "CONDUCTOR_AUTH_SECRET",
            "is missing; CONDUCTOR_AUTH_KEY and CONDUCTOR_AUTH_SECRET go together");
    }
}

void read_auth(section part, surroundings const& around, client_options& server) {
    if (auto const token = part.text("token"))
        read_token_setting(part, *token, around, server);
    else
        read_access_key(part, around, server);
    part.finish();
}

void read_file_name(section& part, std::string const& key, std::string const& variable,
                    surroundings const& around, std::string& out) {
    auto const written = part.text(key);
    if (!written) {
        note_unwritten(part, key, out.empty() ? "(none)" : out, variable, around);
        return;
    }
    if (!around.readable(written->text)) {
        part.complain(written->where, key,
                      written->text + " cannot be read; name a PEM file that this user may read");
    }
    out = written->text;
    part.report().from_file(part.path(key), out, written->where);
}

void read_tls(section part, surroundings const& around, http::tls_options& tls) {
    read_file_name(part, "ca_file", "CONDUCTOR_TLS_CA_PATH", around, tls.ca_file);
    read_file_name(part, "cert_file", "CONDUCTOR_TLS_CERT_PATH", around, tls.cert_file);
    read_file_name(part, "key_file", "CONDUCTOR_TLS_KEY_PATH", around, tls.key_file);
    if (tls.cert_file.empty() != tls.key_file.empty()) {
        part.complain(part.where(), tls.cert_file.empty() ? "cert_file" : "key_file",
                      "is missing; cert_file and key_file go together");
    }
    part.finish();
}

// What has no key, but is part of how the server is reached. A proxy's address may hold a password.
void note_environment_alone(report& notes, surroundings const& around,
                            client_options const& server) {
    constexpr char timeout_variable[] = "CONDUCTOR_REQUEST_TIMEOUT_MS";
    std::string const timeout = std::to_string(server.request_timeout.count()) + " ms";
    if (around.variable(timeout_variable))
        notes.from_environment("request timeout", timeout, timeout_variable);
    else
        notes.by_default("request timeout", timeout);
    bool const is_https = server.server_url.starts_with("https:");
    auto const& proxy = is_https ? server.http.proxy.https : server.http.proxy.http;
    if (proxy.empty()) return notes.by_default("proxy", "(none)");
    auto const names = is_https ? std::array{"CONDUCTOR_PROXY_URL", "https_proxy", "HTTPS_PROXY"}
                                : std::array{"CONDUCTOR_PROXY_URL", "http_proxy", "HTTP_PROXY"};
    auto const* const found = std::ranges::find_if(
        names, [&](char const* name) { return around.variable(name).has_value(); });
    notes.from_environment("proxy", "set", found == names.end() ? "" : *found);
}

}  // namespace

std::optional<std::string> read_address(section& part, std::string const& key,
                                        located_text const& written) {
    std::string address = written.text;
    while (address.ends_with('/')) address.pop_back();
    bool const has_more = address.find_first_of("?#") != std::string::npos;
    if (has_more || workers::parse_origin(address).has_error()) {
        // The text is not repeated: it may hold a password.
        part.complain(written.where, key,
                      "is no base address; write http://HOST[:PORT][/PATH] or https://…, without "
                      "user name, password, query or fragment");
        return std::nullopt;
    }
    return address;
}

std::string addresses_text(client_options const& server) {
    std::string text;
    for (auto const& each : server.server_urls) text += (text.empty() ? "" : ", ") + each;
    return text.empty() ? server.server_url : text;
}

void read_server(section part, surroundings const& around, client_options& server) {
    read_addresses(part, around, server);
    read_auth(part.mapping("auth"), around, server);
    read_tls(part.mapping("tls"), around, server.http.tls);
    note_environment_alone(part.report(), around, server);
    part.finish();
}

}  // namespace conductor::daemon
