#include "http/exchange.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

#include <optional>

namespace conductor::http {
namespace {

namespace asio = boost::asio;

bool is_close_by_peer(error_code error) {
    return error == asio::error::eof || error == asio::error::connection_reset ||
           error == asio::error::broken_pipe || error == asio::error::connection_aborted ||
           error == asio::ssl::error::stream_truncated || error == errc::connection_closed;
}

bool wants_to_stop(exchange_terms const& terms) {
    return terms.stop.cancelled() != asio::cancellation_type::none;
}

// Offers the parser what was received, over interim answers up to the final one.
error_code feed(std::optional<response_reader>& reader, receive_buffer& input,
                exchange_terms const& terms) {
    error_code error;
    while (!error && !input.is_empty() && !reader->is_complete()) {
        auto const taken = reader->put(input.data(), error);
        input.consume(taken);
        if (error || !reader->is_complete()) break;
        if (reader->is_interim()) reader.emplace(terms.limits, terms.expected);
    }
    return error;
}

// What the end of one receive operation means for the answer.
error_code accept(error_code failed, connection& link, std::optional<response_reader>& reader,
                  exchange_terms const& terms) {
    error_code error;
    if (!failed)
        error = feed(reader, link.input(), terms);
    else if (failed == asio::error::eof)
        reader->put_end(error);
    else
        error = reason_of(failed, link);
    if (!error && !reader->is_complete() && wants_to_stop(terms)) return errc::stopped;
    return error;
}

void conclude(exchange_outcome& outcome, response_reader& reader, connection& link) {
    outcome.progress.answer_began = reader.has_begun();
    if (outcome.error) {
        outcome.complaint = reader.complaint();
        return;
    }
    // Bytes behind the answer belong to nothing that was asked: such a connection is not kept.
    outcome.keeps_connection = reader.keeps_connection() && link.input().is_empty();
    outcome.answer = reader.take();
}

}  // namespace

error_code reason_of(error_code error, connection const& link) {
    if (link.expired()) return errc::timed_out;
    if (error == asio::error::operation_aborted) return errc::stopped;
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated)
        return errc::connection_closed;
    return error;
}

awaitable<exchange_outcome> exchange(connection& link, exchange_terms const& terms) {
    exchange_outcome outcome;
    unsent_bytes bytes(link.head(), terms.body);
    auto unsent = link.send_at_once(bytes);
    if (!unsent && !bytes.is_empty()) unsent = co_await link.send(bytes);
    outcome.progress.may_have_arrived = bytes.has_begun() || link.tls() != nullptr;

    if (!unsent || (bytes.has_begun() && is_close_by_peer(unsent))) {
        std::optional<response_reader> reader(std::in_place, terms.limits, terms.expected);
        while (!outcome.error && !reader->is_complete()) {
            auto const [failed, size] = co_await link.receive_some(link.input().prepare());
            link.input().commit(size);
            outcome.error = accept(failed, link, reader, terms);
        }
        conclude(outcome, *reader, link);
    }
    if (unsent) {
        outcome.keeps_connection = false;
        if (outcome.answer.status == 0) outcome.error = reason_of(unsent, link);
    }
    outcome.progress.peer_closed = is_close_by_peer(outcome.error);
    co_return outcome;
}

}  // namespace conductor::http
