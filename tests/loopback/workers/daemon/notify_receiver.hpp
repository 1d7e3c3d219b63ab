#pragma once

#include "fakes/time_limit.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace conductor::test {

/** @brief The socket at which systemd hears from a service. */
class notify_receiver {
public:
    /** @brief Listens at a path, or at `@` and an abstract name. */
    explicit notify_receiver(std::string const& address)
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        ::sockaddr_un at{};
        at.sun_family = AF_UNIX;
        address.copy(at.sun_path, sizeof at.sun_path - 1);
        if (address.starts_with('@')) at.sun_path[0] = '\0';
        auto const bytes = offsetof(::sockaddr_un, sun_path) + address.size();
        int const yes = 1;
        ::timeval const limit{.tv_sec = time_limit.count(), .tv_usec = 0};
        bool const well =
            socket_ >= 0 && ::setsockopt(socket_, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) == 0 &&
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0 &&
            ::bind(socket_, reinterpret_cast<::sockaddr const*>(&at),
                   static_cast<::socklen_t>(bytes)) == 0;
        if (!well) throw std::runtime_error("no notify socket");
    }
    notify_receiver(notify_receiver const&) = delete;
    notify_receiver& operator=(notify_receiver const&) = delete;
    ~notify_receiver() { ::close(socket_); }

    /** @brief The next datagram; empty when the time limit of tests was reached. */
    std::string receive() {
        std::array<char, 4096> text;
        alignas(::cmsghdr) std::array<char, CMSG_SPACE(sizeof(::ucred))> control;
        ::iovec whole{text.data(), text.size()};
        ::msghdr message{};
        message.msg_iov = &whole;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        auto const bytes = ::recvmsg(socket_, &message, 0);
        if (bytes < 0) return {};
        auto const* const header = CMSG_FIRSTHDR(&message);
        if (header != nullptr && header->cmsg_type == SCM_CREDENTIALS)
            sender_ = reinterpret_cast<::ucred const*>(CMSG_DATA(header))->pid;
        return {text.data(), static_cast<std::size_t>(bytes)};
    }
    /** @brief Receives until a datagram holds `part`, and gives that one; empty at the limit. */
    std::string wait_for(std::string const& part) {
        while (true) {
            std::string const got = receive();
            if (got.empty() || got.find(part) != std::string::npos) return got;
        }
    }
    /** @brief Who sent the last datagram. */
    pid_t sender() const { return sender_; }

private:
    int socket_;
    pid_t sender_ = 0;
};

}  // namespace conductor::test
