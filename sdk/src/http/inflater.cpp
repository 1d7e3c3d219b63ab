#include "http/inflater.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace conductor::http {

inflater::inflater(std::size_t bytes_max) : bytes_left_(bytes_max) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc{};
}

inflater::~inflater() { inflateEnd(&stream_); }

error_code inflater::put(std::string_view input, std::string& output) {
    while (!input.empty()) {
        auto const piece = std::min<std::size_t>(input.size(), std::numeric_limits<uInt>::max());
        // zlib's interface is older than const; it does not write to its input.
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<Bytef const*>(input.data()));
        stream_.avail_in = static_cast<uInt>(piece);
        do {
            if (auto const error = step(output)) return error;
        } while (stream_.avail_in > 0 || stream_.avail_out == 0);
        input.remove_prefix(piece);
    }
    return {};
}

error_code inflater::step(std::string& output) {
    std::array<char, 16 * 1024> room;
    // A gzip file may be several members one after the other.
    if (at_boundary_ && stream_.avail_in > 0) {
        inflateReset(&stream_);
        at_boundary_ = false;
    }
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = static_cast<uInt>(room.size());
    int const status = inflate(&stream_, Z_NO_FLUSH);
    // Z_BUF_ERROR only says that nothing could be done without more input.
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        return errc::bad_response;
    at_boundary_ = at_boundary_ || status == Z_STREAM_END;

    auto const produced = room.size() - stream_.avail_out;
    if (produced > bytes_left_) return errc::body_too_large;
    bytes_left_ -= produced;
    output.append(room.data(), produced);
    return {};
}

}  // namespace conductor::http
