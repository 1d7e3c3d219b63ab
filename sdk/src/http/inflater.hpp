#pragma once

#include <conductor/error.hpp>

#include <zlib.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace conductor::http {

/** @brief Decodes gzip piece by piece, up to a limit of output. */
class inflater {
public:
    /** @brief Refuses to give more than `bytes_max` bytes in all. */
    explicit inflater(std::size_t bytes_max);
    inflater(inflater const&) = delete;
    inflater& operator=(inflater const&) = delete;
    ~inflater();

    /** @brief Decodes `input` and appends what comes out of it to `output`.
     *  @par Errors  `errc::body_too_large`, `errc::bad_response`. */
    error_code put(std::string_view input, std::string& output);

    /** @brief Whether the input so far is whole: nothing, or complete gzip members. */
    bool is_whole() const { return at_boundary_; }

private:
    error_code step(std::string& output);

    z_stream stream_{};
    std::size_t bytes_left_;
    bool at_boundary_ = true;
};

}  // namespace conductor::http
