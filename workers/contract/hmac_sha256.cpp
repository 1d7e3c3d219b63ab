#include <contract/hmac_sha256.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstddef>
#include <stdexcept>

namespace conductor::workers {
namespace {

constexpr std::size_t digest_bytes = 32;

}  // namespace

std::string hmac_sha256_hex(secret const& key, std::string_view message) {
    std::array<unsigned char, digest_bytes> digest{};
    unsigned length = 0;
    auto const& text = key.reveal();
    auto const* const bytes = reinterpret_cast<unsigned char const*>(message.data());
    auto const* const made = HMAC(EVP_sha256(), text.data(), static_cast<int>(text.size()), bytes,
                                  message.size(), digest.data(), &length);
    // Never a wrong signature: without memory, or where a policy forbids SHA-256, there is none.
    if (made == nullptr || length != digest.size())
        throw std::runtime_error{"OpenSSL cannot compute an HMAC-SHA256"};

    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * digest.size());
    for (unsigned char const byte : digest) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 0xFU];
    }
    return hex;
}

}  // namespace conductor::workers
