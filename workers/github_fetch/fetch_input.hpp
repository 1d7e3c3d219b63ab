#pragma once

#include <contract/outcome.hpp>
#include <contract/secret.hpp>
#include <github_fetch/api_access.hpp>
#include <github_fetch/cursor.hpp>
#include <github_fetch/page_plan.hpp>
#include <github_fetch/row.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace conductor::workers::github {

/** @brief What a task wants. */
enum class fetch_kind {
    /** @brief The repository and its page plan. */
    repository,
    /** @brief Who starred it. */
    stars,
    /** @brief Who forked it. */
    forks,
    /** @brief Who committed to it. */
    contributors,
};

/** @brief The input of a `github_fetch` task, checked. */
struct fetch_input {
    /** @brief What is wanted. */
    fetch_kind what = fetch_kind::stars;
    /** @brief The owner. */
    std::string account{};
    /** @brief The repository's name. */
    std::string name{};
    /** @brief The token; empty for none. */
    secret token{};
    /** @brief Where the API is, without a slash at its end. */
    std::string api_base{};
    /** @brief The value of `X-GitHub-Api-Version`. */
    std::string api_version = "2022-11-28";
    /** @brief Where the rows come from; none for REST, and GraphQL where REST does not reach. */
    std::optional<fetch_source> source{};
    /** @brief Whether a restricted list is replaced by what the public feed has of it. */
    bool events_when_restricted = false;
    /** @brief Stars before this one, counted from the oldest, are not wanted. */
    std::int64_t star_offset = 0;
    /** @brief Only rows newer than this are wanted; none for all. */
    std::optional<instant> since{};
    /** @brief The one page that is wanted; none for a walk over all of them. */
    std::optional<std::int64_t> page{};
    /** @brief Where the walk begins; none for the newest row. */
    std::optional<list_cursor> cursor{};
    /** @brief How the list is cut into pages. */
    page_plan pages{};
    /** @brief Stop after so many pages. */
    std::optional<std::int64_t> max_pages{};
    /** @brief Stop at the end of the page that makes it so many rows. */
    std::optional<std::int64_t> max_items{};
    /** @brief Names what an earlier task has seen; empty for nothing. */
    std::string etag{};
    /** @brief Whether contributors without an account are wanted. */
    bool anonymous = false;
    /** @brief Stop after so much time of reading. */
    std::optional<std::chrono::seconds> time_limit{};
    /** @brief The longest wait that a rate limit may ask for. */
    std::chrono::seconds max_wait{3600};

    /** @brief `owner/name` as the input spells it. */
    std::string full_name() const { return account + "/" + name; }
    /** @brief The URL of the repository. */
    std::string repository_url() const;
    /** @brief The URL of GraphQL: `/graphql`, on an enterprise server `/api/graphql`. */
    std::string graphql_url() const;
    /** @brief What the rows are; of stars, where the repository is wanted. */
    row_kind rows() const;
};

/** @brief Reads and checks a task's input.
 *  @par Errors  BAD_INPUT, naming every member that cannot be used; GH_PAGINATION_LIMIT for a page
 *               that GitHub never gives. */
outcome<fetch_input> read_fetch_input(boost::json::object const& input, api_access const& access);

}  // namespace conductor::workers::github
