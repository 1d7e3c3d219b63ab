// Addresses: of requests, of redirects, of hosts that an input may name, of the server.

#include "fuzz.hpp"

#include "api/rest_url.hpp"
#include "http/redirect.hpp"
#include "http/target.hpp"

#include <contract/allowed_hosts.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace conductor::fuzz {
namespace {

bool is_visible(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

void require_usable(http::target const& where) {
    require(!where.origin.host.empty() && where.origin.port != 0, "a target has host and port");
    require(is_visible(where.origin.host), "a host fits into a header");
    require(where.path.starts_with('/') && is_visible(where.path), "a path fits into a request");
    require(where.path.find('#') == where.path.npos, "a fragment is dropped");
    auto const again = http::parse_target(http::to_string(where.origin) + where.path);
    require(again && *again == where, "a target's own URL leads to it");
}

// The two readers of origins agree on whom a request goes to.
void try_origins(std::string_view url) {
    auto const asked = workers::parse_origin(url);
    auto const sent = http::parse_target(url);
    if (sent) require_usable(*sent);
    if (!asked || !sent) return;
    require((asked->scheme == "https") == sent->origin.secure, "both see one scheme");
    require(asked->port == sent->origin.port, "both see one port");
    bool const is_ipv6 = sent->origin.host.find(':') != std::string::npos;
    auto host = sent->origin.host;
    if (host.ends_with('.')) host.pop_back();  // "example.com." and "example.com" are one host
    require(is_ipv6 || asked->host == host, "both see one host");
}

void try_redirect(std::string_view location) {
    http::request request;
    request.url = "https://api.example/v1/list?page=2";
    request.redirects_max = 5;
    http::response answer;
    answer.status = 302;
    answer.headers.add("Location", std::string(location));
    auto const from = http::parse_target(request.url);
    auto const found = http::find_redirection(request, *from, answer, 0);
    if (!found) return;
    require(found->has_value(), "a 302 leads somewhere or fails");
    require_usable((*found)->target);
    require((*found)->target.origin.secure, "no redirect leads out of TLS");
    auto const again = http::parse_target((*found)->url);
    require(again && *again == (*found)->target, "both forms of a redirection agree");
}

}  // namespace

void try_input(std::string_view input) {
    try_origins(input);
    try_redirect(input);
    std::array<std::string, 1> const entries{std::string(input)};
    static_cast<void>(workers::allowed_hosts::parse(entries));
    rest_call call;
    call.path = "/tasks/{task}/log";
    call.arguments = {std::string(input)};
    call.query = {{"query", std::string(input)}};
    auto const url = api::make_url("http://127.0.0.1:8080/api", call);
    require(url.starts_with("http://127.0.0.1:8080/api/tasks/"), "an argument stays an argument");
    require(std::ranges::count(url, '/') == 6, "an argument is one segment");
    auto const target = http::parse_target(url);
    require(target.has_value(), "an address of ours can be used");
    require_usable(*target);
    if (auto const base = api::normalise_base(input))
        require(!base->ends_with('/'), "a base address ends without a slash");
}

}  // namespace conductor::fuzz
