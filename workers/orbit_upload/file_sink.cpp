#include <orbit_upload/file_sink.hpp>

#include <orbit_upload/storage_report.hpp>

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers {
namespace {

using addition = result<std::optional<std::vector<bool>>>;

constexpr std::chrono::milliseconds look_again{20};

}  // namespace

file_sink::file_sink(std::string path, std::shared_ptr<clock> clock)
    : store_(std::make_shared<line_store>(std::move(path))), clock_(std::move(clock)) {}

awaitable<std::vector<delivery_report>> file_sink::deliver(delivery many) {
    auto const timer = clock_->make_timer(co_await boost::asio::this_coro::executor);
    auto const until = clock_->now() + std::min(many.timeout, storage_patience_max);
    auto const count = many.activities.size();
    auto const shared = std::make_shared<delivery const>(std::move(many));
    std::function<addition()> const add = [store = store_, shared] {
        return store->add(shared->workspace, shared->activities);
    };
    for (;;) {
        auto const added = co_await thread_.run(add);
        if (!added) co_return storage_failure(added.error().message(), count);
        if (*added) co_return storage_reports(**added);
        if (clock_->now() >= until)
            co_return storage_failure("somebody else holds " + store_->path(), count);
        co_await timer->wait_until(clock_->now() + look_again);
    }
}

}  // namespace conductor::workers
