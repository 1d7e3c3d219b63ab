#include "base/local_address.hpp"

#include <boost/system/error_code.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace conductor::base {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

bool is_local_v4(address_v4 const& where) {
    auto const bytes = where.to_bytes();
    bool const is_link_local = bytes[0] == 169 && bytes[1] == 254;
    // 0.0.0.0 is this machine to connect(); the rest of its block is no address.
    return where.is_loopback() || is_link_local || bytes[0] == 0 || bytes[0] >= 224;
}

// A prefix behind which an IPv6 address holds an IPv4 one.
struct embedding {
    std::array<unsigned char, 12> prefix;
    std::size_t prefix_bytes;
};

constexpr std::array embeddings{
    embedding{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 12},
    embedding{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 12},
    embedding{{0x20, 0x02}, 2},
    embedding{{0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}, 12},
};

std::optional<address_v4> embedded(address_v6 const& where) {
    auto const bytes = where.to_bytes();
    for (auto const& [prefix, length] : embeddings) {
        if (!std::equal(prefix.begin(), prefix.begin() + length, bytes.begin())) continue;
        address_v4::bytes_type inner{};
        std::copy_n(bytes.begin() + length, inner.size(), inner.begin());
        return address_v4(inner);
    }
    return std::nullopt;
}

}  // namespace

bool is_local(address const& where) {
    if (where.is_v4()) return is_local_v4(where.to_v4());
    auto const plain = where.to_v6();
    // ::1 and :: have the form of compatible addresses.
    if (plain.is_loopback() || plain.is_unspecified() || plain.is_link_local() ||
        plain.is_multicast())
        return true;
    auto const inner = embedded(plain);
    return inner && is_local_v4(*inner);
}

bool is_written_out(std::string const& host) {
    boost::system::error_code error;
    boost::asio::ip::make_address(host, error);
    return !error || host == "localhost";
}

}  // namespace conductor::base
