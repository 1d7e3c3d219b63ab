#include <daemon/verify/advice.hpp>

namespace conductor::daemon {
namespace {

constexpr std::string_view about_network =
    "see that CONDUCTOR_SERVER_URL is right and can be reached from here; a proxy goes into "
    "CONDUCTOR_PROXY_URL, a certificate authority of your own into CONDUCTOR_TLS_CA_PATH";
constexpr std::string_view about_address =
    "see that CONDUCTOR_SERVER_URL is the address of the API; it ends in /api";
constexpr std::string_view about_missing_key =
    "the server asks for an access key: set CONDUCTOR_AUTH_KEY and CONDUCTOR_AUTH_SECRET";
constexpr std::string_view about_key =
    "see that CONDUCTOR_AUTH_KEY and CONDUCTOR_AUTH_SECRET are right, and in the server's page of "
    "applications that the key is neither paused nor deleted";
constexpr std::string_view about_throttle = "the server is throttled; try again in a minute";
constexpr std::string_view about_server =
    "the server or a gateway before it is in trouble; try again, then see its log";
constexpr std::string_view about_queue =
    "see that the key's application may run tasks of types that it has defined, and that the "
    "server's queues work";

std::string_view about_rights(verify_step step) {
    switch (step) {
        case verify_step::define:
            return "give the key's application the right to write task definitions and workflows";
        case verify_step::run:
            return "give the key's application the right to run workflows and to poll tasks";
        case verify_step::schedule:
            return "give the key's application the right to write schedules";
        default: return "give the key's application the rights that this needs";
    }
}

bool is_address_fault(failure const& error) {
    return error.code == errc::bad_response || error.code == make_http_error(404) ||
           error.code == make_http_error(405);
}

}  // namespace

std::string_view to_string(verify_step step) {
    switch (step) {
        case verify_step::token: return "token";
        case verify_step::define: return "define";
        case verify_step::run: return "run";
        case verify_step::offers: return "offers";
        case verify_step::schedule: return "schedule";
        case verify_step::clean_up: return "clean up";
    }
    return "";
}

std::string_view advice(verify_step step, failure const& error, bool has_key) {
    if (error.code == condition::network)
        return error.detail == not_handed_out ? about_queue : about_network;
    if (error.code == make_http_error(429)) return about_throttle;
    if (error.code == condition::unauthorized) {
        if (!has_key) return about_missing_key;
        return step == verify_step::token ? about_key : about_rights(step);
    }
    if (step == verify_step::schedule && is_address_fault(error))
        return "see that the server has a scheduler";
    if (step != verify_step::run && is_address_fault(error)) return about_address;
    return about_server;
}

}  // namespace conductor::daemon
