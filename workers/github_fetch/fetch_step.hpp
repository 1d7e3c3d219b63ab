#pragma once

#include <cstdint>
#include <string>

namespace conductor::workers::github {

/** @brief Which of GitHub's calls. */
enum class endpoint {
    /** @brief The repository. */
    repository,
    /** @brief A page of its stars, oldest first. */
    stargazers,
    /** @brief A page of its forks, newest first. */
    forks,
    /** @brief A page of its contributors, those with the most commits first. */
    contributors,
    /** @brief A page of its public feed, newest first. */
    events,
    /** @brief A page of its stars for each day, newest week first. */
    history,
    /** @brief A page of its stars by GraphQL, newest first. */
    graphql,
};

/** @brief One request to GitHub. */
struct fetch_step {
    /** @brief Which call. */
    endpoint where = endpoint::repository;
    /** @brief The page of a list, from 1. */
    std::int64_t page = 0;
    /** @brief The GraphQL cursor to go on behind; empty for the newest. */
    std::string after{};
    /** @brief Asks for an answer only if it differs from the one with this ETag; empty for any. */
    std::string etag{};

    friend bool operator==(fetch_step const&, fetch_step const&) = default;
};

/** @brief Whether the call lists stargazers, which GitHub may show to a repository's own people
 *  only. */
inline bool lists_stargazers(endpoint where) {
    return where == endpoint::stargazers || where == endpoint::graphql;
}

}  // namespace conductor::workers::github
