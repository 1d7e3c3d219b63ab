#include <daemon/control/request_guard.hpp>

#include <contract/ascii.hpp>

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace conductor::daemon {
namespace {

// Not one with a zone, behind whose percent sign anything may stand.
bool is_numeric(std::string_view host) {
    boost::system::error_code error;
    bool const bracketed = host.starts_with('[') && host.ends_with(']');
    std::string const text{bracketed ? host.substr(1, host.size() - 2) : host};
    auto const address = boost::asio::ip::make_address(text, error);
    return !error && address.is_v6() == bracketed && text.find('%') == std::string::npos;
}

// `host:port` without the port; empty when that is no number.
std::string_view host_of(std::string_view authority) {
    auto const colon = authority.rfind(':');
    auto const bracket = authority.rfind(']');
    bool const has_port =
        colon != std::string_view::npos && (bracket == std::string_view::npos || bracket < colon);
    if (!has_port) return authority;
    bool const is_number = std::ranges::all_of(
        authority.substr(colon + 1), [](char letter) { return letter >= '0' && letter <= '9'; });
    return is_number ? authority.substr(0, colon) : std::string_view{};
}

}  // namespace

request_guard::request_guard(listen_address const& at, std::vector<std::string> names)
    : names_(std::move(names)) {
    for (auto& name : names_) name = workers::lower(name);
    if (at.is_loopback()) names_.emplace_back("localhost");
}

bool request_guard::is_for_this_site(admin_request const& request) const {
    auto const authority = request.header("host");
    if (!authority) return false;
    auto const host = workers::lower(host_of(*authority));
    return is_numeric(host) || std::ranges::find(names_, host) != names_.end();
}

bool request_guard::is_from_another_site(admin_request const& request) {
    auto const site = request.header("sec-fetch-site");
    if (!site || *site == "same-origin" || *site == "none") return false;
    return request.method == "POST" || request.header("sec-fetch-mode") != "navigate";
}

bool request_guard::is_from_own_page(admin_request const& request) {
    auto const host = request.header("host");
    auto const origin = request.header("origin");
    if (!host || !origin) return false;
    auto const own = workers::lower(*host);
    auto const given = workers::lower(*origin);
    return given == "http://" + own || given == "https://" + own;
}

}  // namespace conductor::daemon
