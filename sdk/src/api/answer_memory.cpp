#include "api/answer_memory.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <new>

namespace conductor::api {
namespace {

constexpr std::size_t usual_alignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

// Asking for an alignment that all memory has makes the heap go a long way round.
bool is_usual(std::size_t alignment) { return alignment <= usual_alignment; }

void* take_from_heap(std::size_t bytes, std::size_t alignment) {
    return is_usual(alignment) ? ::operator new(bytes)
                               : ::operator new(bytes, std::align_val_t{alignment});
}

void give_to_heap(void* memory, std::size_t alignment) {
    if (is_usual(alignment))
        ::operator delete(memory);
    else
        ::operator delete(memory, std::align_val_t{alignment});
}

}  // namespace

answer_memory::~answer_memory() {
    for (auto const& each : blocks_) ::operator delete(each.begin);
}

void* answer_memory::do_allocate(std::size_t bytes, std::size_t alignment) {
    if (is_sealed_) {
        void* const left = is_usual(alignment) ? take_from_rest(bytes) : nullptr;
        return left != nullptr ? left : take_from_heap(bytes, alignment);
    }
    for (;; add_block(bytes + alignment)) {
        if (blocks_.empty()) continue;
        void* place = free_;
        auto room = static_cast<std::size_t>(blocks_.back().end - free_);
        if (std::align(alignment, bytes, place, room) == nullptr) continue;
        free_ = static_cast<char*>(place) + bytes;
        return place;
    }
}

void answer_memory::seal() noexcept {
    is_sealed_ = true;
    if (blocks_.empty()) return;
    void* place = free_;
    auto room = static_cast<std::size_t>(blocks_.back().end - free_);
    if (std::align(usual_alignment, 1, place, room) == nullptr) return;
    free_ = static_cast<char*>(place);
    rest_ = room;
}

// Nothing is used twice, so who asks needs to know nothing of the others but how much they took.
void* answer_memory::take_from_rest(std::size_t bytes) noexcept {
    if (bytes > rest_) return nullptr;
    auto const needed = (bytes + usual_alignment - 1) / usual_alignment * usual_alignment;
    if (rest_taken_.load(std::memory_order_relaxed) + needed > rest_) return nullptr;
    auto const taken = rest_taken_.fetch_add(needed, std::memory_order_relaxed);
    return taken + needed <= rest_ ? free_ + taken : nullptr;
}

void answer_memory::add_block(std::size_t bytes_min) {
    auto const size = std::max(next_block_, bytes_min);
    blocks_.reserve(8);
    auto* const begin = static_cast<char*>(::operator new(size));
    blocks_.push_back({begin, begin + size});
    free_ = begin;
    next_block_ = size * 2;
}

void answer_memory::do_deallocate(void* memory, std::size_t, std::size_t alignment) {
    if (!owns(memory)) give_to_heap(memory, alignment);
}

bool answer_memory::do_is_equal(memory_resource const& other) const noexcept {
    return this == &other;
}

bool answer_memory::owns(void const* memory) const noexcept {
    std::less<void const*> const before;
    return std::ranges::any_of(blocks_, [&](block const& each) {
        return !before(memory, each.begin) && before(memory, each.end);
    });
}

open_memory::open_memory(std::size_t bytes)
    : storage_(boost::json::make_shared_resource<answer_memory>(bytes, memory_)) {}

open_memory::~open_memory() { memory_->seal(); }

}  // namespace conductor::api
