#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief The longest head of a request that is read. */
inline constexpr std::size_t admin_head_bytes_max = 8 * 1024;

/** @brief The head of a request, as far as the health endpoints look at it. */
struct admin_request {
    /** @brief Zero, or the status of the refusal. */
    int refusal = 0;
    /** @brief Whether the answer's body is left out (`HEAD`). */
    bool head_only = false;
    /** @brief The path, without the query. */
    std::string path{};

    friend bool operator==(admin_request const&, admin_request const&) = default;
};

/** @brief Where the head of a request ends.
 *  @return Its bytes with the empty line; zero while it is not complete. */
std::size_t admin_head_end(std::string_view received);

/** @brief Reads a request's head: HTTP/1.0 or 1.1, GET or HEAD, without a body.
 *
 *  @param head  Up to and with the empty line.
 *  @return A refusal of 400 for what is not HTTP, 405 for other methods, 413 for a body, 505 for
 *          other versions.
 */
admin_request parse_admin_request(std::string_view head);

/** @brief What the admin endpoints answer. */
struct admin_answer {
    /** @brief The status. */
    int status = 200;
    /** @brief The body; JSON but for `type`. */
    std::string body{};
    /** @brief Its type. */
    std::string_view type = "application/json";
};

/** @brief The bytes of an answer; the connection closes after it.
 *  @param head_only  Leaves the body out, not its length. */
std::string to_bytes(admin_answer const& answer, bool head_only);

}  // namespace conductor::daemon
