#include <daemon/health/queue_depths.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <utility>

namespace conductor::daemon {
namespace {

awaitable<void> keep_learning(std::shared_ptr<queue_depths> depths,
                              std::shared_ptr<task_client> server, std::chrono::seconds every) {
    auto const clock = environment::system().clock;
    auto const next = clock->make_timer(co_await boost::asio::this_coro::executor);
    for (;;) {
        auto const sizes = co_await server->queue_sizes(depths->queues());
        depths->learn(sizes);
        co_await next->wait_until(clock->now() + every);
    }
}

// Nobody asks any more then: what was learnt would grow old unnoticed.
struct forget_when_thrown {
    std::shared_ptr<queue_depths> depths;

    void operator()(std::exception_ptr const& thrown) const {
        if (thrown) depths->learn(failure{errc::stopped});
    }
};

}  // namespace

queue_depths::queue_depths(std::vector<worker> const& all) {
    for (worker const& one : all) {
        auto const& domain = one.options.domain;
        type_of_queue_.emplace(domain.empty() ? one.type : domain + ":" + one.type, one.type);
    }
}

std::vector<std::string> queue_depths::queues() const {
    std::vector<std::string> names;
    for (auto const& [queue, type] : type_of_queue_) names.push_back(queue);
    return names;
}

void queue_depths::learn(result<std::map<std::string, std::int64_t>> const& sizes) {
    latest_.clear();
    if (!sizes) return;
    for (auto const& [queue, size] : *sizes) {
        auto const found = type_of_queue_.find(queue);
        if (found != type_of_queue_.end()) latest_.emplace(found->second, size);
    }
}

void start_learning(boost::asio::any_io_executor executor, std::shared_ptr<queue_depths> depths,
                    std::shared_ptr<task_client> server, std::chrono::seconds every) {
    boost::asio::co_spawn(executor, keep_learning(depths, std::move(server), every),
                          forget_when_thrown{depths});
}

}  // namespace conductor::daemon
