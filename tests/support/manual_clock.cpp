#include "manual_clock.hpp"

#include "fakes/time_limit.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace conductor::test {

namespace asio = boost::asio;

namespace {

constexpr time_point origin{std::chrono::hours{1000}};
constexpr std::chrono::system_clock::time_point wall_origin{
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::January / 1}};

}  // namespace

// One wait under way. Ended on the timer's executor only.
struct manual_clock::wait : std::enable_shared_from_this<wait> {
    wait(asio::any_io_executor executor, time_point wanted)
        : until(wanted), event(std::move(executor), asio::steady_timer::time_point::max()) {}

    time_point const until;
    asio::steady_timer event;
    bool ended = false;

    void end() {
        ended = true;
        event.cancel();
    }
    void end_soon() {
        asio::post(event.get_executor(), [self = shared_from_this()] { self->end(); });
    }
};

class manual_clock::manual_timer final : public timer {
public:
    manual_timer(std::shared_ptr<manual_clock> owner, asio::any_io_executor executor)
        : owner_(std::move(owner)), executor_(std::move(executor)) {}

    awaitable<void> wait_until(time_point until) override {
        registration const current{*this, until};
        if (!current.under_way->ended)
            co_await current.under_way->event.async_wait(asio::as_tuple(asio::use_awaitable));
    }

    void wake() override {
        if (current_) current_->end();
    }

private:
    // Also undone when the coroutine's frame is destroyed in mid-wait.
    struct registration {
        registration(manual_timer& timer, time_point until)
            : of(timer), under_way(std::make_shared<wait>(timer.executor_, until)) {
            std::lock_guard lock{of.owner_->mutex_};
            of.current_ = under_way;
            if (until <= origin + of.owner_->moved_) {
                under_way->end_soon();
                return;
            }
            of.owner_->waits_.push_back(under_way);
            of.owner_->changed_.notify_all();
        }
        ~registration() {
            std::lock_guard lock{of.owner_->mutex_};
            std::erase(of.owner_->waits_, under_way);
            of.current_.reset();
        }
        manual_timer& of;
        std::shared_ptr<wait> under_way;
    };

    std::shared_ptr<manual_clock> owner_;
    asio::any_io_executor executor_;
    std::shared_ptr<wait> current_;
};

time_point manual_clock::now() const {
    std::lock_guard lock{mutex_};
    return origin + moved_;
}

std::chrono::system_clock::time_point manual_clock::wall() const {
    std::lock_guard lock{mutex_};
    return wall_origin + moved_;
}

std::unique_ptr<timer> manual_clock::make_timer(asio::any_io_executor executor) {
    return std::make_unique<manual_timer>(shared_from_this(), std::move(executor));
}

void manual_clock::advance(std::chrono::nanoseconds by) {
    std::lock_guard lock{mutex_};
    moved_ += by;
    auto const is_due = [&](auto const& each) { return each->until <= origin + moved_; };
    auto const first_later = std::stable_partition(waits_.begin(), waits_.end(), is_due);
    std::vector due(waits_.begin(), first_later);
    waits_.erase(waits_.begin(), first_later);
    std::ranges::stable_sort(due, {}, [](auto const& each) { return each->until; });
    for (auto const& each : due) each->end_soon();
}

bool manual_clock::advance_to_next() {
    auto const until = next();
    if (!until) return false;
    advance(*until - now());
    return true;
}

std::size_t manual_clock::sleepers() const {
    std::lock_guard lock{mutex_};
    return waits_.size();
}

std::optional<time_point> manual_clock::next_locked() const {
    auto const first =
        std::ranges::min_element(waits_, {}, [](auto const& each) { return each->until; });
    if (first == waits_.end() || (*first)->until == time_point::max()) return std::nullopt;
    return (*first)->until;
}

std::optional<time_point> manual_clock::next() const {
    std::lock_guard lock{mutex_};
    return next_locked();
}

bool manual_clock::wait_for_sleepers(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, time_limit, [&] { return waits_.size() >= count; });
}

bool manual_clock::wait_for_sleeper_until(time_point until) const {
    std::unique_lock lock{mutex_};
    auto const is_wanted = [&](auto const& each) { return each->until == until; };
    return changed_.wait_for(lock, time_limit,
                             [&] { return std::ranges::any_of(waits_, is_wanted); });
}

}  // namespace conductor::test
