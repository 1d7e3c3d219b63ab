#include <daemon/commands/commands.hpp>
#include <daemon/commands/event_loop.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/control/status_text.hpp>
#include <daemon/log/printable.hpp>

#include <contract/allowed_hosts.hpp>

#include <conductor/config_error.hpp>
#include <conductor/http/client.hpp>
#include <conductor/json.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/json/parse.hpp>

#include <utility>

namespace conductor::daemon {
namespace {

constexpr std::chrono::seconds answer_time_max{10};

// Where the page is served, and what it takes to see it.
struct target {
    std::string url;
    std::optional<workers::secret_reader> token{};
};

// A listener on every address is asked on this machine.
std::string url_of(listen_address address) {
    auto const numeric = boost::asio::ip::make_address(address.host);
    if (numeric.is_unspecified()) address.host = numeric.is_v6() ? "::1" : "127.0.0.1";
    return "http://" + address.text();
}

target target_of_config(std::string const& file, surroundings const& around) {
    auto const control = load_config(file, around).values.control;
    if (!control.listen)
        throw config_error(file + ": admin.control_listen is not set, so there is nobody to ask");
    if (control.listen->port == 0) {
        throw config_error(file +
                           ": admin.control_listen lets the system choose the port; name "
                           "it by --url, as the daemon's log has it");
    }
    target out{url_of(*control.listen)};
    if (control.token) out.token = control.token->read;
    return out;
}

target target_of_url(status_command const& of, surroundings const& around) {
    std::string url = of.url;
    while (url.ends_with('/')) url.pop_back();
    bool const has_more = url.find_first_of("?#") != std::string::npos;
    // The text is not repeated: it may hold a password.
    if (has_more || workers::parse_origin(url).has_error())
        throw config_error("--url: is no address; write it like http://127.0.0.1:9992");
    target out{std::move(url)};
    if (of.token.empty()) return out;
    auto reader = around.secret(of.token);
    if (reader.has_error())
        throw config_error("--token: write where it is: env:NAME, file:PATH or credential:NAME");
    out.token = *std::move(reader);
    return out;
}

target target_of(status_command const& of, surroundings const& around) {
    if (of.config_file.empty() == of.url.empty())
        throw config_error("status: name either --config or --url");
    if (of.url.empty() && !of.token.empty())
        throw config_error("--token: goes with --url; with --config it is admin.token");
    return of.url.empty() ? target_of_config(of.config_file, around) : target_of_url(of, around);
}

http::request request_to(target const& where) {
    http::request out{.url = where.url + "/status", .timeout = answer_time_max};
    if (!where.token) return out;
    auto const token = (*where.token)();
    if (token.has_error()) throw config_error("the token: " + token.error().detail);
    if (auto const fault = workers::why_not_sendable(token->reveal()); !fault.empty())
        throw config_error("the token" + std::string{fault});
    out.headers.set("Authorization", "Bearer " + token->reveal());
    return out;
}

std::string why_refused(int status) {
    if (status == 401) return "the token is missing, wrong, or not looked at for now";
    if (status == 421) return "the daemon does not serve this name; see admin.hosts";
    return "status " + std::to_string(status) + "; is it the admin page?";
}

result<status_facts> read_facts(http::response const& answer) {
    if (answer.status != 200) return failure{errc::bad_response, why_refused(answer.status)};
    error_code error;
    auto const value = boost::json::parse(answer.body, error);
    if (error) return failure{errc::bad_response, "the answer is not JSON"};
    return from_json<status_facts>(value);
}

awaitable<int> ask(std::shared_ptr<http::client> client, http::request request, console& to) {
    auto const answer = co_await client->send(std::move(request));
    auto const facts = answer ? read_facts(*answer) : result<status_facts>{answer.error()};
    if (!facts) {
        to.err << "cannot tell how the daemon is: " << printable(facts.error().message()) << '\n';
        co_return exit_failed;
    }
    to.out << status_text(*facts, to.colours) << std::flush;
    co_return facts->state == "ready" ? exit_done : exit_not_ready;
}

}  // namespace

int status_command::execute(console& to) const {
    auto request = request_to(target_of(*this, to.around));
    event_loop loop;
    auto const client = std::make_shared<http::client>(loop.get_executor());
    return loop.run(ask(client, std::move(request), to));
}

}  // namespace conductor::daemon
