#pragma once

#include <cstddef>

namespace conductor::runtime_detail {

/** @brief Counts a handler's failures in a row. */
class brake {
public:
    /** @param failures_max  So many in a row are too many; zero for no limit. */
    explicit brake(std::size_t failures_max) : failures_max_(failures_max) {}

    /** @brief A handler ended. True when polling must rest; the count then begins anew. */
    bool ended(bool well) {
        failures_ = well ? 0 : failures_ + 1;
        if (failures_max_ == 0 || failures_ < failures_max_) return false;
        failures_ = 0;
        return true;
    }

private:
    std::size_t failures_max_;
    std::size_t failures_ = 0;
};

}  // namespace conductor::runtime_detail
