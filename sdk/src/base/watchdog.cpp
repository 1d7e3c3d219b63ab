#include "base/watchdog.hpp"

#include <algorithm>
#include <utility>

namespace conductor::base {

time_point deadline_after(time_point now, std::chrono::milliseconds timeout) noexcept {
    constexpr std::chrono::milliseconds forever = std::chrono::hours{24 * 365};
    return now + std::min(timeout, forever);
}

watched::~watched() {
    if (watchdog_ != nullptr) watchdog_->release(*this);
}

watchdog::watchdog(boost::asio::any_io_executor executor) : timer_(std::move(executor)) {}

watchdog::~watchdog() {
    objects_.clear_and_dispose([](watched* object) { object->watchdog_ = nullptr; });
}

void watchdog::watch(watched& object, time_point deadline) {
    object.deadline_ = deadline;
    object.expired_ = false;
    if (object.watchdog_ == nullptr) {
        object.watchdog_ = this;
        objects_.push_back(object);
    }
    if (deadline < armed_until_) arm(deadline);
}

void watchdog::release(watched& object) {
    if (object.watchdog_ == nullptr) return;
    objects_.erase(objects_.iterator_to(object));
    object.watchdog_ = nullptr;
    if (objects_.empty()) {
        timer_.cancel();
        armed_until_ = time_point::max();
    }
}

void watchdog::arm(time_point until) {
    armed_until_ = until;
    timer_.expires_at(until);
    timer_.async_wait([self = weak_from_this()](boost::system::error_code error) {
        auto const alive = self.lock();
        if (!error && alive) alive->fire();
    });
}

void watchdog::fire() {
    // A wait that ended just before it was set anew still gets here: then nothing has expired.
    auto const now = std::chrono::steady_clock::now();
    auto next = time_point::max();
    for (auto place = objects_.begin(); place != objects_.end();) {
        auto& object = *place;
        if (object.deadline_ > now) {
            next = std::min(next, object.deadline_);
            ++place;
            continue;
        }
        place = objects_.erase(place);
        object.watchdog_ = nullptr;
        object.expired_ = true;
        object.expire();
    }
    armed_until_ = time_point::max();
    if (next != time_point::max()) arm(next);
}

}  // namespace conductor::base
