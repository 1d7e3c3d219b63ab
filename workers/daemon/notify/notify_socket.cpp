#include <daemon/notify/notify_socket.hpp>

#include <conductor/config_error.hpp>

#include <cerrno>
#include <cstddef>

#include <unistd.h>

namespace conductor::daemon {
namespace {

error_code socket_error() { return {errno, boost::system::system_category()}; }

[[noreturn]] void refuse_address(std::string const& why) {
    throw config_error("environment: NOTIFY_SOCKET " + why);
}

}  // namespace

notify_socket::notify_socket(std::string const& address) {
    bool const is_abstract = address.starts_with('@');
    if (!is_abstract && !address.starts_with('/'))
        refuse_address("is neither a path nor an abstract name with an @ before it");
    // A path ends in a zero, and an abstract name begins with one.
    if (address.size() >= sizeof to_.sun_path) refuse_address("is too long for a socket's address");
    to_.sun_family = AF_UNIX;
    address.copy(to_.sun_path, address.size());
    if (is_abstract) to_.sun_path[0] = '\0';
    to_bytes_ = static_cast<::socklen_t>(offsetof(::sockaddr_un, sun_path) + address.size() +
                                         (is_abstract ? 0 : 1));
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0) refuse_address("cannot be used: " + socket_error().message());
}

notify_socket::~notify_socket() { ::close(socket_); }

error_code notify_socket::send(std::string_view message) {
    auto const* const to = reinterpret_cast<::sockaddr const*>(&to_);
    auto const sent = ::sendto(socket_, message.data(), message.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                               to, to_bytes_);
    return sent < 0 ? socket_error() : error_code{};
}

}  // namespace conductor::daemon
