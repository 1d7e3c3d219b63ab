#pragma once

#include <conductor/error.hpp>

#include <string>
#include <string_view>

#include <sys/socket.h>
#include <sys/un.h>

namespace conductor::daemon {

/** @brief Sends datagrams to a local socket, and never waits. */
class notify_socket {
public:
    /** @brief Sends to a path, or to `@` and an abstract name. Nobody need be there yet.
     *  @throws config_error for another address, or when the process can have no socket. */
    explicit notify_socket(std::string const& address);
    notify_socket(notify_socket const&) = delete;
    notify_socket& operator=(notify_socket const&) = delete;
    ~notify_socket();

    /** @brief Sends one datagram.
     *  @return What the system says when it was not sent. */
    error_code send(std::string_view message);

private:
    ::sockaddr_un to_{};
    ::socklen_t to_bytes_ = 0;
    int socket_ = -1;
};

}  // namespace conductor::daemon
