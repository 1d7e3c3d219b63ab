#pragma once

#include <contract/instant.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace conductor::workers {

/** @brief What somebody did to a repository. */
enum class activity_kind : std::size_t {
    /** @brief Starred it. */
    star,
    /** @brief Forked it. */
    fork,
    /** @brief Wrote a part of it. */
    contributor,
};

/** @brief How many kinds there are. */
inline constexpr std::size_t activity_kinds = 3;

/** @brief What a row tells: who did what, and when. The texts belong to the row. */
struct activity_row {
    /** @brief What was done. */
    activity_kind kind = activity_kind::star;
    /** @brief When; none for contributors, of whom GitHub gives no date. */
    std::optional<instant> at{};
    /** @brief The same as the row writes it. */
    std::string_view at_text{};
    /** @brief Who did it. */
    std::string_view login{};
    /** @brief That account's number, which outlives a change of name; none if not given. */
    std::optional<std::int64_t> user_id{};
    /** @brief Whether the account is a program's. */
    bool bot = false;
};

/** @brief Reads a row. Its kind shows in its members:
 *
 *  - star: `{starred_at, user: {login, id?, type?}}` as GitHub gives it, or
 *    `{occurred_at, member: {github}}` as the article's clean-up step leaves it; the members mix;
 *  - fork: `{forked_at, user}`;
 *  - contributor: `{contributions, user}`.
 *
 *  @return None for a malformed row: no time that can be read, no login (the account may be
 *          deleted, or a contributor anonymous: `user: null`), or an id that is no positive whole
 *          number.
 */
std::optional<activity_row> read_activity_row(boost::json::value const& row);

/** @brief Whether an object has a member that shows it to be a row, sound or not. */
bool looks_like_row(boost::json::object const& object);

}  // namespace conductor::workers
