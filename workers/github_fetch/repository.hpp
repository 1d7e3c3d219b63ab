#pragma once

#include <conductor/error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace conductor::workers::github {

/** @brief What a task wants to know of a repository. */
struct repository {
    /** @brief GitHub's number, the same after a rename. */
    std::int64_t id = 0;
    /** @brief `owner/name` as it is called now. */
    std::string full_name;
    /** @brief Its stars. */
    std::int64_t stargazers_count = 0;
    /** @brief Its forks. */
    std::int64_t forks_count = 0;

    friend bool operator==(repository const&, repository const&) = default;
};

/** @brief Reads GitHub's repository object.
 *  @par Errors  `errc::bad_response`; `detail` begins with the JSON pointer of the culprit. */
result<repository> read_repository(boost::json::value const& body);

/** @brief `{id, full_name, stargazers_count, forks_count}`, which `read_repository` reads. */
boost::json::object to_json(repository const& repository);

/** @brief The output's `repo`: `{id, full_name, renamed_from?}`.
 *  @param asked  `owner/name` as the input spells it. */
boost::json::object repo_output(repository const& repository, std::string const& asked);

}  // namespace conductor::workers::github
