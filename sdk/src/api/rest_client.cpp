#include <conductor/rest_client.hpp>

#include "api/access_token.hpp"
#include "api/json_text.hpp"
#include "api/rest_url.hpp"
#include "api/retry_after.hpp"
#include "api/server_choice.hpp"
#include "api/token_provider.hpp"
#include "base/wipe.hpp"
#include "http/connector.hpp"
#include "http/reuse.hpp"

#include <conductor/config_error.hpp>
#include <conductor/http/client.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <list>
#include <utility>

namespace conductor {
namespace {

constexpr std::size_t message_bytes_max = 500;

// The server's own words, if it has any: {"message": …} of the open-source server and of Orkes.
std::string server_message(std::string_view body) {
    auto const parsed = api::parse_json(body, {});
    if (!parsed || !parsed->is_object()) return {};
    auto const text = [&](std::string_view name) {
        auto const* member = parsed->get_object().if_contains(name);
        return member != nullptr && member->is_string() ? std::string(member->get_string())
                                                        : std::string();
    };
    auto message = text("message");
    if (message.empty()) message = text("error");
    if (message.size() > message_bytes_max) message.resize(message_bytes_max);
    return message;
}

failure to_failure(rest_call const& call, http::response const& answer,
                   std::chrono::system_clock::time_point now) {
    auto detail = call.method + " " + call.path;
    if (auto const message = server_message(answer.body); !message.empty())
        detail += ": " + message;
    failure error{make_http_error(answer.status), std::move(detail), true};
    if (auto const wait = answer.headers.find("Retry-After"))
        error.retry_after = api::parse_retry_after(*wait, now);
    return error;
}

api::server_choice checked_servers(client_options const& options) {
    auto urls = options.server_urls;
    if (urls.empty()) urls.push_back(options.server_url);
    for (auto& url : urls) {
        auto base = api::normalise_base(url);
        if (!base) throw config_error("server URL: " + base.error().detail);
        url = *std::move(base);
    }
    if (options.auth_key.empty() != options.auth_secret.empty())
        throw config_error("authentication needs both key and secret; only one is set");
    if (options.token_provider && !options.auth_key.empty())
        throw config_error("authentication needs a key or a token provider; both are set");
    return api::server_choice(std::move(urls));
}

// The address is one that only its signature opens, so nothing of it is repeated.
failure without_address(failure const& error) {
    bool const is_unusable = error.code == errc::bad_url;
    return {error.code, is_unusable ? "unusable, or of this machine, where the server is not" : "",
            error.may_have_arrived};
}

// A server that is not on this machine has no business there: an address that it names is not
// followed to it. One that is may keep its storage beside it.
http::local_addresses reach(std::string_view server, std::string_view url) {
    auto const from = http::parse_target(server);
    auto const to = http::parse_target(url);
    using http::local_addresses;
    if (!from || !to) return local_addresses::refused;
    bool const is_here = !http::admits(local_addresses::refused, from->origin.host);
    return is_here || from->origin == to->origin ? local_addresses::allowed
                                                 : local_addresses::refused;
}

}  // namespace

class rest_client::implementation {
public:
    implementation(implementation const&) = delete;
    implementation& operator=(implementation const&) = delete;
    ~implementation() { base::wipe(options_.auth_secret); }

    implementation(boost::asio::any_io_executor executor, client_options options,
                   environment environment)
        : servers_(checked_servers(options)),
          executor_(executor),
          options_(std::move(options)),
          environment_(std::move(environment)),
          http_(std::move(executor), options_.http),
          token_(!options_.auth_key.empty() || options_.token_provider) {}

    awaitable<result<std::string>> call(rest_call call) {
        for (bool replayed = false;; replayed = true) {
            if (token_.next(environment_.clock->now()) != api::access_token::step::call) {
                auto const ready = co_await renew_token();
                if (ready.has_error()) co_return ready.error();
            }
            auto const generation = token_.generation();
            auto answer = co_await send(call, make_request(call));
            if (!answer) co_return std::move(answer).error();
            if (answer->status < 300) co_return std::move(answer->body);
            if (!is_refused(*answer))
                co_return to_failure(call, *answer, environment_.clock->wall());
            token_.refused(generation);
            if (replayed) co_return failure{errc::unauthorized, call.method + " " + call.path};
        }
    }

    awaitable<result<std::string>> call_elsewhere(std::string method, std::string url,
                                                  std::string body) {
        auto const allowed = reach(servers_.address(servers_.current()), url);
        http::request request{.method = std::move(method),
                              .url = std::move(url),
                              .headers = {},
                              .body = std::move(body),
                              .timeout = options_.request_timeout,
                              .repeatable = true,
                              .local_addresses = allowed};
        if (!request.body.empty()) request.headers.add("Content-Type", "application/json");
        auto answer = co_await http_.send(std::move(request));
        if (!answer) co_return without_address(answer.error());
        if (answer->status >= 300) co_return failure{make_http_error(answer->status), {}, true};
        co_return std::move(answer->body);
    }

    token_state token() const { return token_.state(); }

private:
    // Whoever else gives out tokens may not refuse them in Orkes's words.
    bool is_refused(http::response const& answer) const {
        return api::is_token_error(answer.status, answer.body) ||
               (options_.token_provider && answer.status == 401);
    }

    http::request make_request(rest_call const& call) const {
        http::request request{.method = call.method,
                              .url = api::make_url(servers_.address(servers_.current()), call),
                              .headers = {},
                              .body = call.body,
                              .timeout = options_.request_timeout + call.extra_time,
                              .repeatable = call.repeatable};
        if (!call.body.empty()) request.headers.add("Content-Type", std::string(call.content_type));
        if (!token_.value().empty()) request.headers.add(options_.token_header, token_.value());
        return request;
    }

    // One coroutine less where there is nothing to choose and nobody to tell.
    awaitable<result<http::response>> send(rest_call const& call, http::request request) {
        if (servers_.size() == 1 && !options_.on_call) return http_.send(std::move(request));
        return send_to_cluster(call, std::move(request));
    }

    awaitable<result<http::response>> send_to_cluster(rest_call const& call,
                                                      http::request request) {
        auto const deadline = environment_.clock->now() + request.timeout;
        for (std::size_t calls = 1;; ++calls) {
            auto const place = servers_.current();
            auto const began = environment_.clock->now();
            auto answer = co_await http_.send(request);
            auto const now = environment_.clock->now();
            if (options_.on_call)
                options_.on_call({.method = call.method,
                                  .uri = call.path,
                                  .status = answer ? answer->status : 0,
                                  .took = now - began,
                                  .request_bytes = request.body.size()});
            if (answer) co_return answer;
            servers_.failed(place, answer.error().code);
            if (!servers_.may_repeat(answer.error(), http::is_repeatable(request), calls) ||
                now >= deadline)
                co_return answer;
            request.url = api::make_url(servers_.address(servers_.current()), call);
            request.timeout = std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
        }
    }

    // One caller fetches, the others wait for it.
    awaitable<result<void>> renew_token() {
        using step = api::access_token::step;
        while (fetching_) co_await wait_for_fetch();
        auto const next = token_.next(environment_.clock->now());
        if (next == step::wait) co_return token_.last_failure();
        if (next == step::fetch) {
            fetching_ = true;
            co_await fetch_token();
            fetching_ = false;
            for (auto const& waiter : waiters_) waiter->wake();
        }
        if (token_.state() == token_state::failed) co_return token_.last_failure();
        co_return boost::system::in_place_value;
    }

    awaitable<void> wait_for_fetch() {
        auto const place =
            waiters_.insert(waiters_.end(), environment_.clock->make_timer(executor_));
        co_await (*place)->wait_until(time_point::max());
        waiters_.erase(place);
    }

    awaitable<void> fetch_token() {
        if (options_.token_provider) {
            auto provided = co_await api::ask_token_provider(
                executor_, *environment_.clock, options_.token_provider, options_.request_timeout);
            co_return take_token(std::move(provided));
        }
        rest_call const call{.method = "POST", .path = "/token"};
        auto request = make_request(call);
        request.headers = {{"Content-Type", "application/json"}};
        request.body = boost::json::serialize(
            boost::json::object{{"keyId", options_.auth_key}, {"keySecret", options_.auth_secret}});
        request.repeatable = true;
        auto answer = co_await send(call, std::move(request));
        if (!answer)
            take_token(std::move(answer).error());
        else if (answer->status == 404)
            token_.not_offered();
        else if (answer->status >= 300)
            take_token(to_failure(call, *answer, environment_.clock->wall()));
        else
            take_token(api::parse_token(answer->body));
        if (answer) base::wipe(answer->body);
    }

    void take_token(result<std::string> token) {
        auto const now = environment_.clock->now();
        if (token)
            token_.fetched(*std::move(token), now, environment_.clock->wall());
        else
            token_.fetch_failed(std::move(token).error(), now, environment_.random->unit());
    }

    api::server_choice servers_;
    boost::asio::any_io_executor executor_;
    client_options options_;
    environment environment_;
    http::client http_;
    api::access_token token_;
    bool fetching_ = false;
    std::list<std::unique_ptr<timer>> waiters_;
};

rest_client::rest_client(boost::asio::any_io_executor executor, client_options options,
                         environment environment)
    : implementation_(std::make_shared<implementation>(std::move(executor), std::move(options),
                                                       std::move(environment))) {}

rest_client::~rest_client() = default;

awaitable<result<std::string>> rest_client::call(rest_call call) {
    return implementation_->call(std::move(call));
}

awaitable<result<boost::json::value>> rest_client::call_json(rest_call call) {
    auto const what = call.method + " " + call.path;
    auto body = co_await implementation_->call(std::move(call));
    if (!body) co_return std::move(body).error();
    if (body->empty()) co_return boost::json::value{};
    auto parsed = api::parse_json(*body, {});
    if (!parsed) co_return failure{errc::bad_response, what + ": " + parsed.error().detail, true};
    co_return parsed;
}

awaitable<result<std::string>> rest_client::call_elsewhere(std::string method, std::string url,
                                                           std::string body) {
    return implementation_->call_elsewhere(std::move(method), std::move(url), std::move(body));
}

token_state rest_client::token() const { return implementation_->token(); }

}  // namespace conductor
