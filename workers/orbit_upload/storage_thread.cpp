#include <orbit_upload/storage_thread.hpp>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace conductor::workers {
namespace {

namespace asio = boost::asio;

int checked(int descriptor) {
    if (descriptor < 0) throw boost::system::system_error{errno, boost::system::system_category()};
    return descriptor;
}

}  // namespace

finish_event::finish_event() : descriptor_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {}

finish_event::~finish_event() { ::close(descriptor_); }

void finish_event::tell() const { static_cast<void>(::eventfd_write(descriptor_, 1)); }

awaitable<void> finish_event::wait() const {
    // The loop closes a descriptor of its own.
    asio::posix::stream_descriptor told{co_await asio::this_coro::executor,
                                        checked(::dup(descriptor_))};
    co_await told.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
    eventfd_t count = 0;
    static_cast<void>(::eventfd_read(descriptor_, &count));
}

}  // namespace conductor::workers
