#pragma once

#include <contract/secret.hpp>

#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief The HMAC-SHA256 of a message, as 64 lower-case hexadecimal digits.
 *
 *  Who knows the key can so see that the message came from somebody who knows it too, and that
 *  nobody has changed it.
 *  @param key  Any length; an empty one signs nothing worth checking.
 *  @throws std::runtime_error when OpenSSL cannot do it.
 *  @par Source  RFC 2104 and FIPS 180-4.
 */
std::string hmac_sha256_hex(secret const& key, std::string_view message);

}  // namespace conductor::workers
