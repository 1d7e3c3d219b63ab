#pragma once

#include <contract/secret.hpp>

#include <conductor/error.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief Reads a secret at the moment it is needed, so that a renewed one is taken up.
 *  @par Errors  Any; `detail` says where it was looked for, never what was found. */
using secret_reader = std::function<result<secret>()>;

/** @brief Makes a reader of what a configuration says: `env:NAME`, `file:PATH`, or
 *  `credential:NAME`, a file of that name in `$CREDENTIALS_DIRECTORY`.
 *
 *  One line end after the secret is not part of it. A credential that other users of the machine
 *  may read is none.
 *  @par Errors  `errc::bad_value` when the text has none of these forms. What is missing,
 *               unreadable or readable to all shows when the reader is called. */
result<secret_reader> make_secret_reader(std::string_view reference);

/** @brief The secrets that the operator configured, by name. */
class secret_source {
public:
    /** @brief Adds a secret, or replaces the one of that name. */
    void add(std::string name, secret_reader reader);

    /** @brief Reads a secret.
     *  @par Errors  `errc::bad_value` for a name that is not configured, and those of its reader.
     *               A secret that is empty or holds blanks or control characters is refused. */
    result<secret> read(std::string_view name) const;

private:
    std::map<std::string, secret_reader, std::less<>> readers_;
};

/** @brief Whether a text can be sent as a key: not empty, visible ASCII characters only. */
bool is_sendable(std::string_view text);

/** @brief Why a text cannot be sent as a key, to stand behind its name; repeats nothing of it.
 *  Empty when it can. */
std::string_view why_not_sendable(std::string_view text);

}  // namespace conductor::workers
