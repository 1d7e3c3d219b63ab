#include "runtime/slots.hpp"

#include <cassert>
#include <utility>

namespace conductor::runtime_detail {

slots::slots(std::size_t total, std::function<void()> when_freed)
    : total_(total), when_freed_(std::move(when_freed)) {}

slots::permit slots::take() {
    assert(used_ < total_);
    ++used_;
    return permit(*this);
}

slots::permit::permit(permit&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}

slots::permit::~permit() {
    if (owner_ == nullptr) return;
    --owner_->used_;
    owner_->when_freed_();
}

}  // namespace conductor::runtime_detail
