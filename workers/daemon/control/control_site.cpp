#include <daemon/control/control_site.hpp>

#include <daemon/control/form_fields.hpp>
#include <daemon/control/page_frame.hpp>
#include <daemon/control/status_page.hpp>

#include <contract/ascii.hpp>

#include <conductor/json.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace conductor::daemon {
namespace {

constexpr std::string_view html = "text/html; charset=utf-8";
constexpr std::string_view cookie_name = "conductor_workerd_login";

// Nothing but the site's own files, forms and stream; in nobody's frame.
constexpr char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

admin_answer complaint(int status, std::string_view text) {
    return {status, boost::json::serialize(boost::json::object{{"error", text}}) + '\n'};
}

admin_answer see(std::string path) {
    return {.status = 303, .type = "text/plain", .headers = {{"Location", std::move(path)}}};
}

admin_answer unknown_visitor() {
    auto out = complaint(401, "log in at /login, or send the token: Authorization: Bearer TOKEN");
    out.headers.emplace_back("WWW-Authenticate", "Bearer");
    return out;
}

std::string facts_text(status_facts const& facts) {
    return boost::json::serialize(conductor::to_json(facts));
}

// One message of a stream of server-sent events.
std::string event_message(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        out.append("data: ").append(line).append("\n");
    }
    return out + '\n';
}

std::string cookie_of(admin_request const& request) {
    std::string_view rest = request.header("cookie").value_or("");
    while (!rest.empty()) {
        auto const pair = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        auto const one = workers::trimmed(pair);
        if (one.starts_with(cookie_name) && one.substr(cookie_name.size()).starts_with('='))
            return std::string{one.substr(cookie_name.size() + 1)};
    }
    return {};
}

// A cookie for this site alone: no script reads it, and no other site's request carries it.
std::string set_cookie(std::string const& value, bool is_encrypted, std::chrono::seconds age) {
    std::string out{cookie_name};
    out += '=' + value + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";
    out += std::to_string(age.count());
    return is_encrypted ? out + "; Secure" : out;
}

std::optional<std::string_view> bearer_of(admin_request const& request) {
    constexpr std::string_view scheme = "bearer ";
    auto const given = request.header("authorization");
    if (!given || !workers::lower(given->substr(0, scheme.size())).starts_with(scheme))
        return std::nullopt;
    return workers::trimmed(given->substr(scheme.size()));
}

void protect(admin_answer& answer) {
    answer.headers.emplace_back("X-Content-Type-Options", "nosniff");
    answer.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    // A form of ours must tell its origin, and nobody else needs to know where it led from.
    answer.headers.emplace_back("Referrer-Policy", "same-origin");
    answer.headers.emplace_back("Content-Security-Policy", policy);
}

admin_answer login_page(std::string_view complaint, int status) {
    return {status, render_login_page(complaint), html};
}

}  // namespace

admin_answer control_site::answer(admin_request const& request) {
    admin_answer out = route(request);
    protect(out);
    return out;
}

admin_answer control_site::route(admin_request const& request) {
    if (!all_.guard.is_for_this_site(request)) {
        return complaint(421,
                         "this Host is not served here; use a numeric address, or list the name "
                         "in admin.hosts");
    }
    if (request_guard::is_from_another_site(request))
        return complaint(403, "another site's page may not ask here");
    return request.method == "POST" ? post(request) : get(request);
}

control_site::visitor control_site::visitor_of(admin_request const& request) {
    if (!all_.who) return {.may_see = true};
    if (auto const token = bearer_of(request)) {
        bool const right = all_.who->try_token(*token) == logins::attempt::right;
        return {.may_see = right, .is_program = right};
    }
    auto const* const who = all_.who->find(cookie_of(request));
    return {.may_see = who != nullptr, .who = who};
}

admin_answer control_site::get(admin_request const& request) {
    if (request.path == "/page.css") return {200, page_style(), "text/css; charset=utf-8"};
    if (request.path == "/page.js")
        return {200, std::string{page_script()}, "text/javascript; charset=utf-8"};
    if (request.path == "/login" && all_.who) return login_page("", 200);
    bool const is_page = request.path == "/";
    bool const is_stream = request.path == "/events" || request.path == "/events/page";
    if (!is_page && !is_stream && request.path != "/status")
        return complaint(404, "not here; try /, /status or /events");
    auto const by = visitor_of(request);
    if (!by.may_see) return is_page ? see("/login") : unknown_visitor();
    if (is_stream) return stream(request, request.path == "/events/page");
    if (!is_page) return {200, facts_text(all_.facts()) + '\n'};
    auto const key = by.who == nullptr ? std::nullopt : std::optional{by.form_key()};
    return {200, render_status_page(all_.facts(), key), html};
}

admin_answer control_site::stream(admin_request const& request, bool as_page) {
    return {.type = "text/event-stream", .pieces = [self = shared_from_this(), request, as_page] {
                return self->piece_for(request, as_page);
            }};
}

// Whoever asked is asked for again each time: a login may have ended meanwhile. A token was right
// when the stream began, so it is not tried as a guess is.
std::optional<std::string> control_site::piece_for(admin_request const& request, bool as_page) {
    auto const token = all_.who ? bearer_of(request) : std::nullopt;
    auto const by = token ? visitor{.may_see = all_.who->is_still(*token)} : visitor_of(request);
    if (!by.may_see) return std::nullopt;
    if (!as_page) return event_message(facts_text(all_.facts()));
    auto const key = by.who == nullptr ? std::nullopt : std::optional{by.form_key()};
    return event_message(render_status(all_.facts(), key));
}

admin_answer control_site::post(admin_request const& request) {
    if (!all_.who) return complaint(403, "nothing can be changed here: admin.token is not set");
    bool const is_program = bearer_of(request).has_value();
    if (!is_program && !request_guard::is_from_own_page(request))
        return complaint(403, "this form was not sent by a page of this site");
    if (request.path == "/login") return log_in(request);
    auto const by = visitor_of(request);
    if (!by.may_see) return unknown_visitor();
    auto const form = read_form(request.body);
    auto const field = [&](std::string_view name) {
        auto const found = form.find(name);
        return found == form.end() ? std::string{} : found->second;
    };
    if (!by.is_program && !same_secret(field("form"), by.form_key()))
        return complaint(403, "this form is not of this login; reload the page");
    if (request.path == "/logout") return log_out(by);
    if (request.path == "/pause") return set_paused(field("type"), true, by);
    if (request.path == "/resume") return set_paused(field("type"), false, by);
    return complaint(404, "not here; try /pause or /resume");
}

admin_answer control_site::log_in(admin_request const& request) {
    auto form = read_form(request.body);
    switch (all_.who->try_token(form["token"])) {
        case logins::attempt::right: break;
        case logins::attempt::wrong: return login_page("This is not the token.", 403);
        case logins::attempt::not_now:
            return login_page("Too many wrong tokens; wait a minute.", 429);
    }
    bool const is_encrypted = request.header("origin").value_or("").starts_with("https:");
    admin_answer out = see("/");
    out.headers.emplace_back("Set-Cookie",
                             set_cookie(all_.who->open().id, is_encrypted, logins::lifetime));
    return out;
}

admin_answer control_site::log_out(visitor const& by) {
    if (by.who != nullptr) all_.who->close(std::string{by.who->id});
    admin_answer out = see("/login");
    out.headers.emplace_back("Set-Cookie", set_cookie("", false, std::chrono::seconds{0}));
    return out;
}

admin_answer control_site::set_paused(std::string const& type, bool paused, visitor const& by) {
    if (!all_.set_paused(type, paused))
        return complaint(404, "there is no task type of this name here");
    if (!by.is_program) return see("/");
    return {200,
            boost::json::serialize(boost::json::object{{"type", type}, {"paused", paused}}) + '\n'};
}

}  // namespace conductor::daemon
