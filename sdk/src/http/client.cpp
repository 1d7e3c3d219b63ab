#include "http/client_implementation.hpp"

#include <conductor/config_error.hpp>

#include "base/wipe.hpp"
#include "http/redirect.hpp"
#include "http/request_head.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace conductor::http {
namespace {

namespace asio = boost::asio;

client_options checked(client_options options) {
    if (options.connections_per_origin_max == 0)
        throw config_error("connections_per_origin_max: must be at least 1");
    if (!is_header_value(options.user_agent))
        throw config_error("user_agent: has a control character");
    // Longer than any server keeps a connection, and far from the ends of what a clock can hold.
    options.idle_max =
        std::min<std::chrono::milliseconds>(options.idle_max, std::chrono::hours{24});
    return options;
}

result<target> admitted(request const& request) {
    if (auto fault = find_fault(request))
        return failure{make_error_code(errc::bad_header), std::move(*fault)};
    return parse_target(request.url);
}

failure describe(request const& request, target const& where, failure error) {
    auto const stage = std::move(error.detail);
    error.detail = request.method;
    error.detail.append(" ").append(to_string(where.origin)).append(path_only(where));
    if (!stage.empty()) error.detail.append(": ").append(stage);
    return error;
}

failure arrived(failure error) {
    error.may_have_arrived = true;
    return error;
}

}  // namespace

client::implementation::implementation(asio::any_io_executor executor, client_options options)
    : executor_(std::move(executor)),
      options_(checked(std::move(options))),
      proxies_(options_.proxy),
      tls_(options_.tls),
      watchdog_(std::make_shared<base::watchdog>(executor_)),
      connector_{clock_, *watchdog_, tls_, options_.user_agent} {}

awaitable<result<response>> client::implementation::send(std::shared_ptr<implementation> self,
                                                         http::request request) {
    // A stop is a result here, not an exception; what the caller had chosen is put back at the end.
    bool const throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    auto const stop = co_await asio::this_coro::cancellation_state;
    auto const deadline = base::deadline_after(self->clock_.now(), request.timeout);

    auto where = admitted(request);
    result<response> answer{response{}};
    if (where)
        answer = co_await self->perform({request, *where, deadline, stop});
    else
        answer = where.error();
    unsigned followed = 0;
    while (answer) {
        auto const next = find_redirection(request, *where, *answer, followed);
        if (!next) {
            answer = describe(request, *where, next.error());
        } else if (!*next) {
            answer->url = std::move(request.url);
            answer->redirects = followed;
            break;
        } else {
            redirect_request(request, *where, **next, answer->status);
            where = (*next)->target;
            ++followed;
            answer = co_await self->perform({request, *where, deadline, stop});
        }
        if (!answer) answer = arrived(answer.error());
    }
    co_await asio::this_coro::throw_if_cancelled(throws);
    co_return answer;
}

awaitable<result<response>> client::implementation::perform(hop const& step) {
    if (step.where.origin.secure) tls_.refresh();
    lease held(pool_of(step, clock_.now()));
    auto const* through = proxies_.find(step.where.origin);
    if (!held.try_take_slot()) {
        bool const has_slot = co_await held.wait_for_slot(clock_, step.deadline);
        if (!has_slot) co_return interrupted(step, "waiting for a connection");
    }
    auto const now = clock_.now();
    if (now >= step.deadline) co_return interrupted(step, "before it began");
    bool is_kept = take_kept(held, now);
    while (true) {
        if (!is_kept) {
            held.make_connection(executor_);
            route const way{step.where.origin, through, step.request.local_addresses};
            auto const opened = co_await connector_.open(held.link(), way, step.deadline);
            if (!opened) co_return describe(step.request, step.where, opened.error());
        }
        if (wants_to_stop(step)) co_return interrupted(step, "");
        watchdog_->watch(held.link(), step.deadline);
        write_head_of(step, held.link(), through);
        auto outcome = co_await exchange(held.link(), terms_of(step));
        base::wipe(held.link().head());
        outcome.progress.on_kept_connection = is_kept;
        watchdog_->release(held.link());
        if (!outcome.error) {
            if (outcome.keeps_connection) held.keep(clock_.now());
            co_return std::move(outcome.answer);
        }
        if (!may_repeat(step.request, outcome.progress)) co_return failed(step, outcome);
        is_kept = false;
    }
}

exchange_terms client::implementation::terms_of(hop const& step) const {
    bool const is_head = step.request.method == "HEAD";
    return {step.request.body,
            is_head ? response_reader::body::none : response_reader::body::as_announced,
            {options_.header_bytes_max, options_.body_bytes_max},
            step.stop};
}

void client::implementation::write_head_of(hop const& step, connection& link,
                                           proxy const* through) const {
    bool const via_proxy = through != nullptr && !step.where.origin.secure;
    head_options const options{options_.user_agent, options_.accept_gzip, via_proxy,
                               via_proxy ? through->authorization : std::string_view{}};
    write_head(link.head(), step.request, step.where, options);
}

failure client::implementation::failed(hop const& step, exchange_outcome const& outcome) {
    failure error{outcome.error, outcome.complaint, outcome.progress.may_have_arrived};
    return describe(step.request, step.where, std::move(error));
}

failure client::implementation::interrupted(hop const& step, std::string stage) {
    auto const code = wants_to_stop(step) ? errc::stopped : errc::timed_out;
    return describe(step.request, step.where, {make_error_code(code), std::move(stage)});
}

bool client::implementation::take_kept(lease& held, time_point now) {
    while (held.take_idle(now, options_.idle_max)) {
        auto* const tls = held.link().tls();
        if (tls == nullptr || tls_.is_current(*tls)) return true;
        held.drop();
    }
    return false;
}

std::shared_ptr<connection_pool> client::implementation::pool_of(hop const& step, time_point now) {
    if (now >= next_sweep_) sweep(now);
    auto& pool = pools_[step.where.origin][static_cast<std::size_t>(step.request.local_addresses)];
    if (!pool) pool = std::make_shared<connection_pool>(options_.connections_per_origin_max);
    return pool;
}

void client::implementation::sweep(time_point now) {
    constexpr std::chrono::seconds interval{1};
    next_sweep_ = now + interval;
    for (auto& [where, pools] : pools_) {
        for (auto& pool : pools) {
            if (pool) pool->drop_idle_since(now - options_.idle_max);
            if (pool && pool.use_count() == 1 && pool->is_unused()) pool.reset();
        }
    }
    std::erase_if(pools_, [](auto const& entry) {
        return std::ranges::none_of(entry.second, [](auto const& pool) { return bool{pool}; });
    });
}

client::client(asio::any_io_executor executor, client_options options)
    : implementation_(std::make_shared<implementation>(std::move(executor), std::move(options))) {}

client::~client() = default;

awaitable<result<response>> client::send(request request) {
    return implementation::send(implementation_, std::move(request));
}

}  // namespace conductor::http
