#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::daemon {

/** @brief The longest head of a request that is read. */
inline constexpr std::size_t admin_head_bytes_max = 8 * 1024;

/** @brief The head of a request, as far as a listener looks at it, and its body. */
struct admin_request {
    /** @brief Zero, or the status of the refusal. */
    int refusal = 0;
    /** @brief Whether the answer's body is left out (`HEAD`). */
    bool head_only = false;
    /** @brief The path, without the query. */
    std::string path{};
    /** @brief `GET`, also for `HEAD`, or `POST`. */
    std::string method = "GET";
    /** @brief The lines of the head, names in lower case. */
    std::vector<std::pair<std::string, std::string>> headers{};
    /** @brief How long the body is. */
    std::size_t body_bytes = 0;
    /** @brief The body; empty until it was read. */
    std::string body{};

    /** @brief The value of the only line of that name (in lower case); none when there is no such
     *  line, or several. */
    std::optional<std::string_view> header(std::string_view name) const;

    friend bool operator==(admin_request const&, admin_request const&) = default;
};

/** @brief Where the head of a request ends.
 *  @return Its bytes with the empty line; zero while it is not complete. */
std::size_t admin_head_end(std::string_view received);

/** @brief Reads a request's head: HTTP/1.0 or 1.1; GET and HEAD without a body, and POST where
 *  bodies are taken.
 *
 *  @param head            Up to and with the empty line.
 *  @param body_bytes_max  The longest body of a POST; none where nothing can be posted.
 *  @return A refusal of 400 for what is not HTTP, 405 for other methods, 411 for a POST that does
 *          not tell its length, 413 for a body that is too long or has no place, 505 for other
 *          versions.
 */
admin_request parse_admin_request(std::string_view head,
                                  std::optional<std::size_t> body_bytes_max = std::nullopt);

/** @brief What a listener answers. */
struct admin_answer {
    /** @brief The status. */
    int status = 200;
    /** @brief The body; JSON but for `type`. */
    std::string body{};
    /** @brief Its type. */
    std::string_view type = "application/json";
    /** @brief Further lines of the head; their values hold no line ends. */
    std::vector<std::pair<std::string_view, std::string>> headers{};
    /** @brief Gives the next piece of an answer that goes on, until it gives none; empty for an
     *  answer that is its body. */
    std::function<std::optional<std::string>()> pieces{};
};

/** @brief The bytes of an answer, or of the head of one that goes on; the connection closes after
 *  it.
 *  @param head_only  Leaves the body out, not its length. */
std::string to_bytes(admin_answer const& answer, bool head_only);

}  // namespace conductor::daemon
