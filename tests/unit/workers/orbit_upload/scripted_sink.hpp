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
    awaitable<delivery_report> deliver(delivery one) override {
        delivered.push_back(std::move(one));
        on_delivery();
        delivery_report report{.outcome = delivery_outcome::created};
        if (!script.empty()) {
            report = std::move(script.front());
            script.pop_front();
        }
        co_return report;
    }

    /** @brief The keys of what was delivered, in order. */
    std::vector<std::string> keys() const {
        std::vector<std::string> keys;
        for (auto const& one : delivered) {
            keys.emplace_back(one.activity.at("key").as_string());
        }
        return keys;
    }

    /** @brief What it is going to report. */
    std::deque<delivery_report> script;
    /** @brief What it was given. */
    std::vector<delivery> delivered;
    /** @brief Called at each delivery. */
    std::function<void()> on_delivery = [] {};
};

}  // namespace conductor::workers::test
