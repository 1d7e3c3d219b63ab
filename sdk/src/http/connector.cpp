#include "http/connector.hpp"

#include "base/local_address.hpp"
#include "base/resolve.hpp"
#include "http/exchange.hpp"

#include <boost/asio/this_coro.hpp>

#include <fcntl.h>

#include <algorithm>

namespace conductor::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// The answer to CONNECT is a header of a few lines.
constexpr response_limits tunnel_limits{16 * 1024, 0};

error_code prepare(tcp::socket& socket, tcp::endpoint const& address) {
    error_code error;
    socket.close(error);
    socket.open(address.protocol(), error);
    if (!error) socket.non_blocking(true, error);
    if (!error) socket.set_option(tcp::no_delay(true), error);
    // A process that embeds us may start programs, and they must not inherit our connections.
    if (!error && ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC) != 0)
        error = {errno, boost::system::system_category()};
    return error;
}

std::string describe(tcp::endpoint const& address) {
    return authority({false, address.address().to_string(), address.port()});
}

failure leads_here(std::string const& host) {
    return {make_error_code(errc::bad_url), host + " leads to this machine or its link"};
}

// A proxy was chosen by whoever runs this; what is behind it, it looks up itself.
void drop_forbidden(base::endpoints& found, route const& way) {
    if (way.through != nullptr || way.local_addresses == local_addresses::allowed) return;
    if (way.local_addresses == local_addresses::as_written && base::is_written_out(way.to.host))
        return;
    std::erase_if(found, [](auto const& one) { return base::is_local(one.address()); });
}

}  // namespace

bool admits(local_addresses allowed, std::string const& host) {
    if (allowed != local_addresses::refused) return true;
    error_code error;
    auto const literal = asio::ip::make_address(host, error);
    return host != "localhost" && (error || !base::is_local(literal));
}

time_point address_deadline(time_point now, time_point deadline, std::size_t addresses_left) {
    constexpr std::chrono::seconds least{2};
    auto const share = (deadline - now) / static_cast<std::ptrdiff_t>(addresses_left);
    return std::min(deadline, now + std::max<time_point::duration>(share, least));
}

awaitable<result<void>> connector::open(connection& link, route way, time_point deadline) const {
    if (!admits(way.local_addresses, way.to.host)) co_return leads_here(way.to.host);
    auto opened = co_await connect(link, way, deadline);
    watchdog.watch(link, deadline);
    if (opened && way.to.secure && way.through != nullptr)
        opened = co_await tunnel(link, way.to, *way.through);
    if (opened && way.to.secure) opened = co_await secure(link, way.to);
    co_return opened;
}

awaitable<result<void>> connector::connect(connection& link, route way, time_point deadline) const {
    auto const& host = way.through != nullptr ? way.through->host : way.to.host;
    auto const port = way.through != nullptr ? way.through->port : way.to.port;
    auto found = co_await base::resolve(host, port, deadline);
    if (!found) co_return failure{found.error().code, "resolving " + host};
    drop_forbidden(*found, way);
    if (found->empty()) co_return leads_here(host);
    auto left = found->size();
    failure last{make_error_code(errc::timed_out), "connecting"};
    for (auto const& address : *found) {
        auto const now = clock.now();
        if (now >= deadline) break;
        watchdog.watch(link, address_deadline(now, deadline, left--));
        auto error = prepare(link.socket(), address);
        if (!error) {
            auto const [refused] = co_await link.socket().async_connect(address, base::as_values);
            error = refused;
        }
        if (!error && !link.expired()) co_return result<void>{};
        last = {reason_of(error, link), "connecting to " + describe(address)};
        if (last.code == errc::stopped) break;
    }
    co_return last;
}

awaitable<result<void>> connector::tunnel(connection& link, origin const& to,
                                          proxy const& through) const {
    auto const where = authority(to);
    auto& head = link.head();
    head = "CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n";
    if (!user_agent.empty()) head += "User-Agent: " + user_agent + "\r\n";
    if (!through.authorization.empty())
        head += "Proxy-Authorization: " + through.authorization + "\r\n";
    head += "\r\n";
    exchange_terms const terms{{},
                               response_reader::body::none,
                               tunnel_limits,
                               co_await asio::this_coro::cancellation_state};
    auto const outcome = co_await exchange(link, terms);
    if (outcome.error) co_return failure{outcome.error, "asking the proxy for a tunnel"};
    auto const status = outcome.answer.status;
    // Whoever speaks before our TLS hello is not the origin.
    if (status / 100 == 2 && link.input().is_empty()) co_return result<void>{};
    co_return failure{make_error_code(errc::proxy_refused), "HTTP " + std::to_string(status)};
}

awaitable<result<void>> connector::secure(connection& link, origin const& to) const {
    auto stream = tls.make_stream(link.socket(), to);
    if (!stream) co_return stream.error();
    link.start_tls(std::move(*stream));
    auto [error] =
        co_await link.tls()->async_handshake(asio::ssl::stream_base::client, base::as_values);
    if (!error) error = check_peer(*link.tls());
    if (!error) co_return result<void>{};
    tls.handshake_failed(to);
    std::string stage = "TLS handshake";
    if (auto const why = certificate_complaint(*link.tls()); !why.empty()) stage += ", " + why;
    if (!tls.complaint().empty()) stage += "; changed files are not in use: " + tls.complaint();
    co_return failure{reason_of(error, link), std::move(stage)};
}

}  // namespace conductor::http
