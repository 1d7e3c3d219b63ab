#pragma once

#include <conductor/error.hpp>

#include "base/completion.hpp"
#include "base/watchdog.hpp"
#include "http/receive_buffer.hpp"
#include "http/tls_context.hpp"
#include "http/unsent_bytes.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace conductor::http {

/** @brief A TCP connection, plain or with TLS, with its buffers and its deadline.
 *
 *  Closing is all that happens at the deadline: the operation under way ends with an error, and
 *  `expired()` tells why.
 */
class connection final : public base::watched {
public:
    explicit connection(boost::asio::any_io_executor const& executor) : socket_(executor) {}

    /** @brief The socket, for connecting. */
    boost::asio::ip::tcp::socket& socket() { return socket_; }
    /** @brief TLS, once `start_tls()` was called; else null. */
    tls_stream* tls() { return tls_.get(); }
    /** @brief Puts TLS over the socket, before its handshake. */
    void start_tls(std::unique_ptr<tls_stream> stream) { tls_ = std::move(stream); }

    /** @brief Where request heads are written; kept for its memory. */
    std::string& head() { return head_; }
    /** @brief What was received and not yet used. */
    receive_buffer& input() { return input_; }

    /** @brief Sends as much as the system takes at once, without waiting. With TLS nothing: TLS has
     *  to wait for the peer in places that only OpenSSL knows.
     *  @return Errors other than "try again". */
    error_code send_at_once(unsent_bytes& bytes);

    /** @brief Sends everything. */
    awaitable<error_code> send(unsent_bytes& bytes);

    /** @brief Starts to receive into `room`; await it for the error code and the size. */
    auto receive_some(boost::asio::mutable_buffer room) {
        return boost::asio::async_initiate<decltype(base::as_values) const,
                                           void(error_code, std::size_t)>(start_receive{this},
                                                                          base::as_values, room);
    }

    /** @brief Asks the system, without waiting, whether an idle connection can still be used: the
     *  peer neither closed it nor sent what nobody asked for. */
    bool seems_usable();

private:
    struct start_receive {
        connection* self;

        template <class Handler>
        void operator()(Handler&& handler, boost::asio::mutable_buffer room) const {
            if (self->tls_)
                self->tls_->async_read_some(room, std::forward<Handler>(handler));
            else
                self->socket_.async_read_some(room, std::forward<Handler>(handler));
        }
    };

    void expire() noexcept override;

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<tls_stream> tls_;
    std::string head_;
    receive_buffer input_;
};

}  // namespace conductor::http
