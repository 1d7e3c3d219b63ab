#pragma once

#include <github_fetch/repository.hpp>
#include <github_fetch/row.hpp>

#include <conductor/error.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace conductor::workers::github {

/** @brief What to ask GraphQL for. */
struct graphql_question {
    /** @brief The owner. */
    std::string owner;
    /** @brief The repository's name; a former one is followed. */
    std::string name;
    /** @brief Rows of a page, 100 at most. */
    std::int64_t first = 100;
    /** @brief The cursor to go on behind; empty for the newest. */
    std::string after{};
};

/** @brief The body of a request for a page of stars, newest first. Names and cursor are variables,
 *  never part of the query. */
std::string graphql_body(graphql_question const& question);

/** @brief An answer to `graphql_body`. */
struct graphql_page {
    /** @brief The repository as it is called now. */
    github::repository repository;
    /** @brief The stars, newest first. */
    std::vector<row> rows;
    /** @brief The cursor of the next page; none after the last. */
    std::optional<std::string> next;
};

/** @brief Reads a page of stars.
 *  @par Errors  `errc::bad_response`; `detail` begins with the JSON pointer of the culprit. */
result<graphql_page> read_graphql_page(boost::json::value const& body);

}  // namespace conductor::workers::github
