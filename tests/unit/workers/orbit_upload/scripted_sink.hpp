#pragma once

#include <orbit_upload/sink.hpp>

#include <boost/json/serialize.hpp>

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace conductor::workers::test {

/** @brief A sink that reports what the test wrote down, and `created` after that. */
class scripted_sink final : public sink {
public:
    awaitable<std::vector<delivery_report>> deliver(delivery many) override {
        std::vector<delivery_report> reports;
        for (std::size_t index = 0; index != many.activities.size(); ++index)
            reports.push_back(next_report());
        delivered.push_back(std::move(many));
        on_delivery();
        co_return reports;
    }
    std::size_t batch_max() const override { return batch; }
    bool is_paced() const override { return paced; }
    workers::key_rule key_rule() const override { return workers::key_rule::of_input; }

    /** @brief The keys of what was delivered, in order. */
    std::vector<std::string> keys() const {
        std::vector<std::string> keys;
        for (auto const& one : delivered)
            for (auto const& activity : one.activities)
                keys.emplace_back(activity.at("key").as_string());
        return keys;
    }

    /** @brief What it is going to report. */
    std::deque<delivery_report> script;
    /** @brief What it was given. */
    std::vector<delivery> delivered;
    /** @brief Called at each delivery. */
    std::function<void()> on_delivery = [] {};
    /** @brief How many activities it takes at once. */
    std::size_t batch = 1;
    /** @brief Whether it is paced. */
    bool paced = true;

private:
    delivery_report next_report() {
        delivery_report report{.outcome = delivery_outcome::created};
        if (!script.empty()) {
            report = std::move(script.front());
            script.pop_front();
        }
        return report;
    }
};

}  // namespace conductor::workers::test
