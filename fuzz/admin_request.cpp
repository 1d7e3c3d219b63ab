// Requests to the daemon's own pages, and what their forms send.

#include "fuzz.hpp"

#include <daemon/control/form_fields.hpp>
#include <daemon/control/request_guard.hpp>
#include <daemon/health/admin_request.hpp>

#include <string>

namespace conductor::fuzz {
namespace {

constexpr std::size_t body_bytes_max = 4096;

void require_own_host(daemon::admin_request const& request) {
    static daemon::request_guard const guard{{"127.0.0.1", 9992}, {"workers.example"}};
    if (!guard.is_for_this_site(request)) return;
    auto const host = *request.header("host");
    require(host.find_first_of("@/ \r\n") == host.npos, "a host is a host");
    bool const own = daemon::request_guard::is_from_own_page(request);
    require(!own || request.header("origin")->ends_with(host) ||
                host.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != host.npos ||
                request.header("origin")->find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != host.npos,
            "a page of this site has this host");
}

}  // namespace

void try_input(std::string_view input) {
    auto const end = daemon::admin_head_end(input);
    require(end <= input.size(), "a head ends in what was received");
    auto const fields = daemon::read_form(input.substr(end));
    for (auto const& [name, value] : fields)
        require(name.size() + value.size() <= input.size(), "a form grows by nothing");
    if (end == 0) return;
    auto const head = input.substr(0, end);
    auto const request = daemon::parse_admin_request(head, body_bytes_max);
    require(request.body_bytes <= body_bytes_max, "a body keeps to its limit");
    if (request.refusal != 0) return;
    require(request.path.starts_with('/'), "a path begins at the root");
    require(request.method == "GET" || request.method == "POST", "a method is one of two");
    require(request.method == "POST" || request.body_bytes == 0, "a GET has no body");
    require(daemon::parse_admin_request(head).refusal == (request.method == "POST" ? 405 : 0),
            "health takes what it took, and no post");
    require_own_host(request);
}

}  // namespace conductor::fuzz
