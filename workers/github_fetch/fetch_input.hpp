#pragma once

#include <contract/outcome.hpp>
#include <contract/secret.hpp>
#include <github_fetch/api_access.hpp>
#include <github_fetch/page_plan.hpp>

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
    /** @brief One page of its stars. */
    star_page,
    /** @brief All stars from an offset on. */
    all_stars,
};

/** @brief The input of a `github_fetch` task, checked. */
struct fetch_input {
    /** @brief What is wanted. */
    fetch_kind what = fetch_kind::all_stars;
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
    /** @brief Rows before this one, counted from the oldest, are not wanted. */
    std::int64_t star_offset = 0;
    /** @brief The page, with `star_page`. */
    std::int64_t page = 1;
    /** @brief How the list is cut into pages. */
    page_plan pages{};
    /** @brief Stop after so many pages. */
    std::optional<std::int64_t> max_pages{};
    /** @brief Stop after so many stars. */
    std::optional<std::int64_t> max_items{};
    /** @brief Stop after so much time of reading. */
    std::optional<std::chrono::seconds> time_limit{};
    /** @brief The longest wait that a rate limit may ask for. */
    std::chrono::seconds max_wait{3600};

    /** @brief `owner/name` as the input spells it. */
    std::string full_name() const { return account + "/" + name; }
    /** @brief The URL of the repository. */
    std::string repository_url() const;
};

/** @brief Reads and checks a task's input.
 *  @par Errors  BAD_INPUT, naming every member that cannot be used; GH_PAGINATION_LIMIT for a page
 *               that GitHub never gives. */
outcome<fetch_input> read_fetch_input(boost::json::object const& input, api_access const& access);

}  // namespace conductor::workers::github
