#include "http/receive_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace conductor::http {
namespace {

constexpr std::size_t first_capacity = 8 * 1024;
// More does not save system calls any more.
constexpr std::size_t growth_capacity = 64 * 1024;

}  // namespace

boost::asio::mutable_buffer receive_buffer::prepare() {
    if (capacity_ == 0) resize(first_capacity);
    // Growing for the sake of fewer calls ends early; a long line has to fit whatever its size,
    // which is limited elsewhere.
    bool const worth_growing = was_filled_ && capacity_ < growth_capacity;
    bool const has_no_room = end_ == capacity_ && begin_ == 0;
    if (worth_growing || has_no_room) {
        resize(capacity_ * 2);
    } else if (begin_ > 0) {
        std::memmove(memory_.get(), memory_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    return {memory_.get() + end_, capacity_ - end_};
}

void receive_buffer::commit(std::size_t bytes) {
    end_ += bytes;
    was_filled_ = end_ == capacity_;
}

void receive_buffer::consume(std::size_t bytes) {
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
}

void receive_buffer::resize(std::size_t capacity) {
    auto const left = data();
    std::unique_ptr<char[]> memory(new char[capacity]);
    std::copy(left.begin(), left.end(), memory.get());
    end_ = left.size();
    begin_ = 0;
    memory_ = std::move(memory);
    capacity_ = capacity;
}

}  // namespace conductor::http
