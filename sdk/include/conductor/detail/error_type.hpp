#pragma once

#include <conductor/error.hpp>

#include <boost/system/errc.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace conductor::detail {

inline std::string_view own_error_type(errc code) {
    switch (code) {
        case errc::stopped: return "stopped";
        case errc::timed_out: return "timed_out";
        case errc::bad_url: return "bad_url";
        case errc::bad_header: return "bad_header";
        case errc::bad_response: return "bad_response";
        case errc::connection_closed: return "connection_closed";
        case errc::header_too_large: return "header_too_large";
        case errc::body_too_large: return "body_too_large";
        case errc::too_many_redirects: return "too_many_redirects";
        case errc::proxy_refused: return "proxy_refused";
        case errc::bad_value: return "bad_value";
        case errc::unauthorized: return "unauthorized";
    }
    return "other";
}

inline std::string_view system_error_type(error_code const& code) {
    namespace system = boost::system::errc;
    static constexpr std::array<std::pair<system::errc_t, std::string_view>, 9> names{
        {{system::connection_refused, "connection_refused"},
         {system::connection_reset, "connection_reset"},
         {system::connection_aborted, "connection_aborted"},
         {system::broken_pipe, "broken_pipe"},
         {system::timed_out, "timed_out"},
         {system::host_unreachable, "host_unreachable"},
         {system::network_unreachable, "network_unreachable"},
         {system::too_many_files_open, "too_many_files_open"},
         {system::no_space_on_device, "no_space_on_device"}}};
    for (auto const& [value, name] : names)
        if (code == value) return name;
    return "system";
}

/** @brief The kind of an error, for metrics and traces: one of a small fixed set of words, never
 *  a message. `http_503` for a status, `timed_out` and the like for our own errors and the common
 *  ones of the system, else the family that the error is of. */
inline std::string error_type(error_code const& code) {
    auto const& category = code.category();
    std::string_view const family = category.name();
    if (category == error_category())
        return std::string{own_error_type(static_cast<errc>(code.value()))};
    if (category == http_category())
        return code.value() >= 100 && code.value() < 600 ? "http_" + std::to_string(code.value())
                                                         : "http_other";
    if (category == boost::system::system_category() ||
        category == boost::system::generic_category())
        return std::string{system_error_type(code)};
    if (family.starts_with("asio.ssl")) return "tls";
    if (family == "asio.netdb" || family == "asio.addrinfo") return "name_resolution";
    return std::string{family};
}

}  // namespace conductor::detail
