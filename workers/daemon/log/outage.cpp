#include <daemon/log/outage.hpp>

namespace conductor::daemon {

std::optional<outage_note> outage::failed(std::string_view name, time_point now) {
    if (failing_.empty()) {
        began_ = now;
        failures_ = 0;
        spoken_of_ = false;
    }
    failing_.emplace(name);
    ++failures_;
    if (noted_ && now - *noted_ < note_interval) return std::nullopt;
    noted_ = now;
    spoken_of_ = true;
    return outage_note{now - began_, failures_};
}

std::optional<outage_note> outage::ended(std::string_view name, time_point now) {
    auto const found = failing_.find(name);
    if (found == failing_.end()) return std::nullopt;
    failing_.erase(found);
    if (!failing_.empty() || !spoken_of_) return std::nullopt;
    return outage_note{now - began_, failures_};
}

}  // namespace conductor::daemon
