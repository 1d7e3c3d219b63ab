#include <daemon/notify/service_notifier.hpp>

#include <daemon/notify/notify_socket.hpp>
#include <daemon/notify/service_notices.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>

#include <chrono>
#include <deque>
#include <exception>
#include <string>
#include <utility>

namespace conductor::daemon {
namespace {

// An exception out of a coroutine is a defect of ours and ends the loop's run.
void end_of_telling(std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(std::move(thrown));
}

constexpr std::chrono::milliseconds send_again_after{200};

// The receiver is behind: what it has not got is sent again.
bool is_behind(error_code error) {
    return error == boost::asio::error::would_block || error == boost::asio::error::no_buffer_space;
}

}  // namespace

struct service_notifier::teller {
    teller(notify_target const& target, surrounding with)
        : socket(target.socket),
          notices(target.watchdog),
          around(std::move(with)),
          turn(around.time->make_timer(around.executor)) {}

    service_state state() const {
        auto const& health = *around.health;
        return {.live = health.live(),
                .ready = health.ready(),
                .attempted = health.attempted(),
                .draining = health.draining(),
                .in_flight = health.in_flight()};
    }

    // In their order; while the receiver is behind nothing new is made, so that few wait.
    void send_waiting() {
        while (!waiting.empty()) {
            auto const error = socket.send(waiting.front());
            if (is_behind(error)) return;
            if (error && !std::exchange(warned, true)) {
                around.log.write(log_level::warn, {"systemd cannot be told how this service is",
                                                   {{"error", error.message()}}});
            }
            waiting.pop_front();
        }
    }

    void tell(std::string message) {
        if (!message.empty()) waiting.push_back(std::move(message));
        send_waiting();
    }

    // Until when to wait.
    time_point take_turn() {
        time_point const now = around.time->now();
        send_waiting();
        if (!waiting.empty()) return now + send_again_after;
        tell(notices.due(state(), now));
        return notices.next();
    }

    notify_socket socket;
    service_notices notices;
    surrounding around;
    std::unique_ptr<timer> turn;
    std::deque<std::string> waiting;
    bool warned = false;
};

/** @brief Holds the notifier loosely: observers live longer than the loop of its timer. */
class service_notifier::waker final : public runtime_observer {
public:
    explicit waker(std::weak_ptr<teller> of) : teller_(std::move(of)) {}

    void on(runtime_event const& event) override {
        auto const teller = teller_.lock();
        if (!teller) return;
        bool const waited_for =
            !teller->notices.is_up() || std::holds_alternative<events::draining>(event);
        if (waited_for) teller->turn->wake();
    }

private:
    std::weak_ptr<teller> teller_;
};

namespace {

template <class Teller>
awaitable<void> keep_telling(std::shared_ptr<Teller> teller) {
    while (true) {
        auto const until = teller->take_turn();
        co_await teller->turn->wait_until(until);
    }
}

}  // namespace

service_notifier::service_notifier(notify_target const& target, surrounding around)
    : teller_(std::make_shared<teller>(target, std::move(around))) {
    boost::asio::co_spawn(teller_->around.executor, keep_telling(teller_), end_of_telling);
}

std::shared_ptr<runtime_observer> service_notifier::make_observer() const {
    return std::make_shared<waker>(teller_);
}

void service_notifier::reloading() {
    teller_->tell(teller_->notices.reloading(teller_->around.time->now()));
}

void service_notifier::reloaded(bool taken) {
    teller_->tell(teller_->notices.reloaded(taken));
    teller_->turn->wake();
}

}  // namespace conductor::daemon
