#include "outbox_ledger.hpp"

#include <algorithm>

namespace conductor::storage {

outbox_ledger::outbox_ledger(std::size_t rows_max, std::size_t bytes_max)
    : rows_max_(rows_max), bytes_max_(bytes_max) {}

bool outbox_ledger::has_room(std::size_t bytes) const {
    return rows_ < rows_max_ && bytes <= bytes_max_ && bytes_ <= bytes_max_ - bytes;
}

bool outbox_ledger::reserve(std::size_t bytes) {
    // What could never be kept says nothing about the entries to come.
    if (bytes <= bytes_max_) largest_ = std::max(largest_, bytes);
    if (!has_room(bytes)) return false;
    ++rows_;
    bytes_ += bytes;
    return true;
}

void outbox_ledger::release(std::size_t bytes) {
    --rows_;
    bytes_ -= bytes;
}

void outbox_ledger::keep(outbox_key key, ledger_entry entry) { entries_.emplace(key, entry); }

void outbox_ledger::find(outbox_key key, ledger_entry entry) {
    ++rows_;
    bytes_ += entry.bytes;
    largest_ = std::max(largest_, std::min(entry.bytes, bytes_max_));
    keep(key, entry);
}

void outbox_ledger::forget(outbox_key key) {
    auto const found = entries_.find(key);
    if (found == entries_.end()) return;
    release(found->second.bytes);
    entries_.erase(found);
}

std::vector<outbox_key> outbox_ledger::keys() const {
    std::vector<outbox_key> all;
    all.reserve(entries_.size());
    for (auto const& [key, entry] : entries_) all.push_back(key);
    return all;
}

outbox_level outbox_ledger::level() const {
    outbox_level now{.rows = rows_, .bytes = bytes_, .full = !has_room(largest_)};
    if (!entries_.empty()) now.oldest = entries_.begin()->second.created;
    return now;
}

}  // namespace conductor::storage
