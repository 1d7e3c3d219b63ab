#pragma once

#include <contract/instant.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace conductor::workers {

/** @brief One star as its row tells it; the texts belong to the row. */
struct star {
    /** @brief When it was given. */
    instant at;
    /** @brief The same as the row writes it. */
    std::string_view at_text;
    /** @brief Who gave it. */
    std::string_view login;
    /** @brief That account's number, which outlives a change of name; none if not given. */
    std::optional<std::int64_t> user_id{};
    /** @brief Whether the account is a program's. */
    bool bot = false;
};

/** @brief Reads a row: `{starred_at, user: {login, id?, type?}}` as GitHub gives it, or
 *  `{occurred_at, member: {github}}` as the article's clean-up step leaves it; the members mix.
 *
 *  @return None for a malformed row: no time that can be read, no login (the account may be
 *          deleted, `user: null`), or an id that is no positive whole number.
 */
std::optional<star> read_star(boost::json::value const& row);

}  // namespace conductor::workers
