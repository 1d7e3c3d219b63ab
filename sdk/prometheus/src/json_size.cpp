#include "json_size.hpp"

#include <boost/json/serializer.hpp>

#include <array>

namespace conductor::metrics {

std::size_t json_size(boost::json::object const& object) {
    std::array<char, 4096> piece;
    boost::json::serializer writer;
    writer.reset(&object);
    std::size_t bytes = 0;
    for (; !writer.done(); bytes += writer.read(piece.data(), piece.size()).size()) {
    }
    return bytes;
}

}  // namespace conductor::metrics
