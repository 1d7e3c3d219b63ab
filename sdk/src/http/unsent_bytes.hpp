#pragma once

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace conductor::http {

/** @brief The bytes of a request that still have to be sent: its head, then its body. */
class unsent_bytes {
public:
    unsent_bytes(std::string_view head, std::string_view body)
        : head_(head), body_(body), total_(head.size() + body.size()) {}

    /** @brief Both parts, for one gathering write. */
    std::array<boost::asio::const_buffer, 2> buffers() const {
        return {boost::asio::buffer(head_), boost::asio::buffer(body_)};
    }
    /** @brief Marks bytes as sent. */
    void consume(std::size_t bytes) {
        auto const of_head = std::min(bytes, head_.size());
        head_.remove_prefix(of_head);
        body_.remove_prefix(bytes - of_head);
    }
    /** @brief Whether all is sent. */
    bool is_empty() const { return head_.empty() && body_.empty(); }
    /** @brief Whether any byte was sent. */
    bool has_begun() const { return head_.size() + body_.size() != total_; }

private:
    std::string_view head_;
    std::string_view body_;
    std::size_t total_;
};

}  // namespace conductor::http
