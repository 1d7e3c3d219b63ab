#include "finish_event.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/query.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace conductor::storage {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/** @brief A coroutine that waits. */
class waiter {
public:
    explicit waiter(asio::any_io_executor runs_on) : executor(std::move(runs_on)) {}
    virtual ~waiter() = default;
    virtual void resume(error_code how) = 0;

    asio::any_io_executor const executor;
};

template <class Handler>
class handler_waiter final : public waiter {
public:
    handler_waiter(asio::any_io_executor runs_on, Handler handler)
        : waiter(std::move(runs_on)), handler_(std::move(handler)) {}
    void resume(error_code how) override { std::move(handler_)(how); }

private:
    Handler handler_;
};

/** @brief The coroutines of one loop that wait: as long as the loop lives, and no longer. */
class waiters : public std::enable_shared_from_this<waiters> {
public:
    std::uint64_t add(std::unique_ptr<waiter> one) {
        std::lock_guard const lock{mutex_};
        waiting_.emplace(++last_, std::move(one));
        return last_;
    }

    /** @brief Lets one go on, on its loop; does nothing when it has, or its loop is gone. */
    void end(std::uint64_t number, error_code how) {
        std::lock_guard const lock{mutex_};
        auto const found = waiting_.find(number);
        if (found == waiting_.end()) return;
        asio::post(found->second->executor, [self = shared_from_this(), number, how] {
            if (auto const one = self->take(number)) one->resume(how);
        });
    }

    /** @brief The loop ends: frees the coroutines that wait. */
    void close() {
        std::map<std::uint64_t, std::unique_ptr<waiter>> freed;
        std::lock_guard const lock{mutex_};
        freed.swap(waiting_);
    }

private:
    std::unique_ptr<waiter> take(std::uint64_t number) {
        std::lock_guard const lock{mutex_};
        auto const found = waiting_.find(number);
        if (found == waiting_.end()) return nullptr;
        auto one = std::move(found->second);
        waiting_.erase(found);
        return one;
    }

    std::mutex mutex_;
    std::map<std::uint64_t, std::unique_ptr<waiter>> waiting_;
    std::uint64_t last_ = 0;
};

/** @brief Asio ends its services before the loop is gone, and so tells when that is. */
class wait_service final : public asio::execution_context::service {
public:
    using key_type = wait_service;
    static inline asio::execution_context::id id;

    explicit wait_service(asio::execution_context& loop) : service(loop) {}
    std::shared_ptr<waiters> const& all() const { return all_; }

private:
    void shutdown() noexcept override { all_->close(); }

    std::shared_ptr<waiters> all_ = std::make_shared<waiters>();
};

}  // namespace

class finish_event::state {
public:
    void tell() {
        std::lock_guard const lock{mutex_};
        told_ = true;
        if (among_) among_->end(number_, {});
    }

    void attach(std::shared_ptr<waiters> among, std::uint64_t number) {
        std::lock_guard const lock{mutex_};
        among_ = std::move(among);
        number_ = number;
        if (told_) among_->end(number_, {});
    }

private:
    std::mutex mutex_;
    bool told_ = false;
    std::shared_ptr<waiters> among_;
    std::uint64_t number_ = 0;
};

namespace {

/** @brief Ends a wait that its coroutine gives up. */
struct give_up {
    std::shared_ptr<waiters> among;
    std::uint64_t number;

    void operator()(asio::cancellation_type how) const {
        if ((how & asio::cancellation_type::terminal) != asio::cancellation_type::none)
            among->end(number, asio::error::operation_aborted);
    }
};

/** @brief Begins a wait. */
template <class State>
struct begin_wait {
    std::shared_ptr<State> state;

    template <class Handler>
    void operator()(Handler&& handler) const {
        using handler_type = std::decay_t<Handler>;
        asio::any_io_executor const executor = asio::get_associated_executor(handler);
        auto slot = asio::get_associated_cancellation_slot(handler);
        auto& loop = asio::query(executor, asio::execution::context);
        auto const among = asio::use_service<wait_service>(loop).all();
        auto const number = among->add(std::make_unique<handler_waiter<handler_type>>(
            executor, std::forward<Handler>(handler)));
        if (slot.is_connected()) slot.assign(give_up{among, number});
        state->attach(among, number);
    }
};

}  // namespace

finish_event::finish_event() : state_(std::make_shared<state>()) {}

void finish_event::tell() { state_->tell(); }

awaitable<std::tuple<error_code>> finish_event::wait() {
    constexpr auto as_value = asio::as_tuple(asio::use_awaitable);
    return asio::async_initiate<decltype(as_value), void(error_code)>(begin_wait<state>{state_},
                                                                      as_value);
}

}  // namespace conductor::storage
