#include "request_record.hpp"

#include "time_limit.hpp"

#include <algorithm>
#include <utility>

namespace conductor::test {

void request_record::add(http_request request) {
    std::lock_guard lock{mutex_};
    requests_.push_back(std::move(request));
    changed_.notify_all();
}

std::size_t request_record::add_connection() {
    std::lock_guard lock{mutex_};
    return ++connections_;
}

std::vector<http_request> request_record::requests() const {
    std::lock_guard lock{mutex_};
    return requests_;
}

std::size_t request_record::connections() const {
    std::lock_guard lock{mutex_};
    return connections_;
}

bool request_record::wait_for(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, time_limit, [&] { return requests_.size() >= count; });
}

void request_record::script(scripted_exchange exchange) {
    std::lock_guard lock{mutex_};
    scripted_.push_back(std::move(exchange));
}

std::optional<scripted_exchange> request_record::take_scripted(std::string_view path) {
    std::lock_guard lock{mutex_};
    auto const found = std::ranges::find_if(scripted_, [&](scripted_exchange const& each) {
        return each.path.empty() || each.path == path;
    });
    if (found == scripted_.end()) return std::nullopt;
    auto exchange = std::move(*found);
    scripted_.erase(found);
    return exchange;
}

void request_record::script_refusals(std::size_t count) {
    std::lock_guard lock{mutex_};
    refusals_ += count;
}

bool request_record::take_refusal() {
    std::lock_guard lock{mutex_};
    return refusals_ > 0 && refusals_-- > 0;
}

}  // namespace conductor::test
