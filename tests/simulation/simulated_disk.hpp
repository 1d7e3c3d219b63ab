#pragma once

#include "chance.hpp"
#include "facts.hpp"
#include "parking_lot.hpp"
#include "timeline.hpp"

#include <conductor/outbox.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <utility>

namespace conductor::simulation {

/** @brief What the processes of one place on a machine keep over their crashes. */
struct simulated_disk {
    std::size_t rows_max = 50;
    /** @brief A call fails once in so many times; zero for never. */
    std::uint64_t failures = 0;
    std::map<outbox_key, outbox_entry> rows{};
    outbox_key last = 0;
};

/** @brief The outbox of one process on its disk. Each call takes a while; a crash in between leaves
 *  the disk as it is at that moment. */
class simulated_outbox final : public outbox {
public:
    /** @brief What it stands on. */
    struct ground {
        timeline* time;
        std::shared_ptr<parking_lot> lot;
        std::shared_ptr<simulated_disk> disk;
        facts* noted;
        chance* luck;
    };
    explicit simulated_outbox(ground on) : on_(std::move(on)) {}

    awaitable<result<outbox_key>> put(outbox_entry entry) override;
    awaitable<result<void>> remove(outbox_key key) override;
    awaitable<result<std::vector<outbox_key>>> keys() override;
    awaitable<result<std::optional<outbox_entry>>> read(outbox_key key) override;
    outbox_level level() const override {
        return {.rows = on_.disk->rows.size(), .full = on_.disk->rows.size() >= on_.disk->rows_max};
    }

private:
    awaitable<void> pass();
    bool fails();

    ground on_;
};

}  // namespace conductor::simulation
