#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::workers::github {

/** @brief Where rows come from. */
enum class fetch_source {
    /** @brief The lists of the REST API. */
    rest,
    /** @brief GraphQL: stars only, needs a token, knows no limit of 40,000. */
    graphql,
    /** @brief The repository's public feed: the last 300 events. */
    events,
    /** @brief The counts of stars for each day, without names. */
    history,
};

/** @brief `rest`, `graphql`, `events` or `history`. */
std::string_view to_text(fetch_source source);

/** @brief The place at which a walk begins or goes on; workflows pass it on as an opaque text. */
struct list_cursor {
    /** @brief Which walk. */
    fetch_source source = fetch_source::rest;
    /** @brief REST: the next page. */
    std::int64_t page = 1;
    /** @brief REST stars: the page is where the list is believed to end, so the end is still to be
     *  found. */
    bool is_guess = false;
    /** @brief REST stars: how many rows the list had when its end was read. GraphQL: how many rows
     *  are still wanted; none for all. */
    std::optional<std::int64_t> rows{};
    /** @brief GraphQL: the cursor behind the last row read; empty at the beginning. */
    std::string after{};

    friend bool operator==(list_cursor const&, list_cursor const&) = default;
};

/** @brief The text of a cursor. */
std::string to_text(list_cursor const& cursor);

/** @brief Reads what `to_text` wrote; none for anything else. */
std::optional<list_cursor> parse_cursor(std::string_view text);

}  // namespace conductor::workers::github
