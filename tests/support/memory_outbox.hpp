#pragma once

#include <conductor/outbox.hpp>

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace conductor::test {

/** @brief An outbox that lasts as long as the test: longer than the runtimes that use it.
 *
 *  @par Threads  Any. */
class memory_outbox : public outbox {
public:
    /** @brief With room for so many entries. */
    explicit memory_outbox(std::size_t rows_max = 100) : rows_max_(rows_max) {}

    awaitable<result<outbox_key>> put(outbox_entry entry) override {
        std::lock_guard lock{mutex_};
        if (fails_ || entries_.size() >= rows_max_)
            co_return failure{make_error_code(boost::system::errc::no_space_on_device)};
        entries_.emplace(++last_, std::move(entry));
        co_return last_;
    }
    awaitable<result<void>> remove(outbox_key key) override {
        std::lock_guard lock{mutex_};
        if (removals_to_fail_ > 0 && removals_to_fail_-- > 0) co_return failure{broken()};
        entries_.erase(key);
        co_return boost::system::in_place_value;
    }
    awaitable<result<std::vector<outbox_key>>> keys() override {
        std::lock_guard lock{mutex_};
        std::vector<outbox_key> all;
        for (auto const& [key, entry] : entries_) all.push_back(key);
        co_return all;
    }
    awaitable<result<std::optional<outbox_entry>>> read(outbox_key key) override {
        std::lock_guard lock{mutex_};
        if (reads_to_fail_ > 0 && reads_to_fail_-- > 0) co_return failure{broken()};
        auto const found = entries_.find(key);
        if (found == entries_.end()) co_return std::optional<outbox_entry>{};
        co_return std::optional{found->second};
    }
    outbox_level level() const override {
        std::lock_guard lock{mutex_};
        return {.rows = entries_.size(), .full = entries_.size() >= rows_max_};
    }

    /** @brief From now on it takes no entry, or takes them again. */
    void fail(bool fails) {
        std::lock_guard lock{mutex_};
        fails_ = fails;
    }
    /** @brief So many readings fail from now on. */
    void fail_reads(int count) {
        std::lock_guard lock{mutex_};
        reads_to_fail_ = count;
    }
    /** @brief So many removals fail from now on. */
    void fail_removals(int count) {
        std::lock_guard lock{mutex_};
        removals_to_fail_ = count;
    }
    /** @brief Puts an entry there, as an earlier process would have left it. */
    void leave(outbox_entry entry) {
        std::lock_guard lock{mutex_};
        entries_.emplace(++last_, std::move(entry));
    }

private:
    static error_code broken() { return make_error_code(boost::system::errc::io_error); }

    std::size_t rows_max_;
    bool fails_ = false;
    int reads_to_fail_ = 0;
    int removals_to_fail_ = 0;
    mutable std::mutex mutex_;
    std::map<outbox_key, outbox_entry> entries_;
    outbox_key last_ = 0;
};

}  // namespace conductor::test
