#include "http/connection.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace conductor::http {

namespace asio = boost::asio;

error_code connection::send_at_once(unsent_bytes& bytes) {
    error_code error;
    while (!tls_ && !bytes.is_empty()) {
        bytes.consume(socket_.write_some(bytes.buffers(), error));
        if (error == asio::error::would_block) return {};
        if (error) return error;
    }
    return {};
}

awaitable<error_code> connection::send(unsent_bytes& bytes) {
    while (!bytes.is_empty()) {
        if (tls_) {
            auto const [error, sent] =
                co_await tls_->async_write_some(bytes.buffers(), base::as_values);
            bytes.consume(sent);
            if (error) co_return error;
        } else {
            auto const [error, sent] =
                co_await socket_.async_write_some(bytes.buffers(), base::as_values);
            bytes.consume(sent);
            if (error) co_return error;
        }
    }
    co_return error_code{};
}

bool connection::seems_usable() {
    if (!input_.is_empty()) return false;
    char byte = 0;
    auto const got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void connection::expire() noexcept {
    error_code ignored;  // Closing is the last thing that can be done.
    socket_.close(ignored);
}

}  // namespace conductor::http
