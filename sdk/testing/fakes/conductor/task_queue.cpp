#include "task_queue.hpp"

#include <algorithm>
#include <utility>

namespace conductor::test {

void task_queue::put(queue_name const& name, std::string task_id, due_time due) {
    queues_[name].push_back({std::move(task_id), due});
}

void task_queue::remove(std::string const& task_id) {
    for (auto& [name, entries] : queues_)
        std::erase_if(entries, [&](entry const& each) { return each.task_id == task_id; });
}

std::vector<std::string> task_queue::take(queue_name const& name, std::size_t count, due_time now) {
    std::vector<std::string> taken;
    std::erase_if(queues_[name], [&](entry const& each) {
        bool const wanted = taken.size() < count && each.due <= now;
        if (wanted) taken.push_back(each.task_id);
        return wanted;
    });
    return taken;
}

std::size_t task_queue::size(queue_name const& name) const {
    auto const found = queues_.find(name);
    return found == queues_.end() ? 0 : found->second.size();
}

std::optional<task_queue::due_time> task_queue::next_due(queue_name const& name) const {
    auto const found = queues_.find(name);
    if (found == queues_.end() || found->second.empty()) return std::nullopt;
    return std::ranges::min_element(found->second, {}, &entry::due)->due;
}

}  // namespace conductor::test
