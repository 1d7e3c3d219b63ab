#pragma once

#include <cstddef>
#include <functional>

namespace conductor::runtime_detail {

/** @brief How many tasks of a type may run, and how many do. */
class slots {
public:
    /** @param when_freed  Called each time a slot becomes free. */
    slots(std::size_t total, std::function<void()> when_freed);

    /** @brief A taken slot; free again when it is destroyed. It travels with the task. */
    class permit {
    public:
        permit(permit&& other) noexcept;
        permit& operator=(permit&&) = delete;
        ~permit();

    private:
        friend slots;
        explicit permit(slots& owner) : owner_(&owner) {}
        slots* owner_;
    };

    /** @brief Slots that a new task could take. */
    std::size_t free() const { return total_ - used_; }
    /** @brief Takes a slot. There must be a free one. */
    permit take();

private:
    std::size_t total_;
    std::size_t used_ = 0;
    std::function<void()> when_freed_;
};

}  // namespace conductor::runtime_detail
