#pragma once

#include <boost/asio/buffer.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace conductor::http {

/** @brief A flat buffer between socket and parser that adapts its size to what arrives.
 *
 *  It is empty most of the time, so it rarely moves a byte. It grows when a read fills it, for
 * fewer system calls; connections that see short answers stay small.
 */
class receive_buffer {
public:
    /** @brief What was received and not yet consumed. */
    std::string_view data() const { return {memory_.get() + begin_, end_ - begin_}; }
    /** @brief Whether nothing is left to consume. */
    bool is_empty() const { return begin_ == end_; }

    /** @brief Room for the next read; never empty. */
    boost::asio::mutable_buffer prepare();
    /** @brief So many bytes were read into the room. */
    void commit(std::size_t bytes);
    /** @brief So many bytes of `data()` are used up. */
    void consume(std::size_t bytes);

private:
    void resize(std::size_t capacity);

    std::unique_ptr<char[]> memory_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool was_filled_ = false;
};

}  // namespace conductor::http
