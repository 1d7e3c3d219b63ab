#include "base/executor_gate.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace conductor::base {

executor_gate::executor_gate(boost::asio::any_io_executor executor)
    : executor_(std::move(executor)) {}

void executor_gate::post(std::function<void()> job) {
    std::lock_guard const lock(mutex_);
    if (executor_) boost::asio::post(*executor_, std::move(job));
}

void executor_gate::close() {
    std::lock_guard const lock(mutex_);
    executor_.reset();
}

}  // namespace conductor::base
