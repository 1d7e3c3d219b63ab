#pragma once

#include <contract/outcome.hpp>
#include <github_fetch/fetch_input.hpp>
#include <github_fetch/fetch_step.hpp>

#include <conductor/http/request.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace conductor::workers::github {

/** @brief The request of a step, without its time limit.
 *  @param repository_url  Where the repository is now. */
http::request request_of(fetch_step const& step, fetch_input const& input,
                         std::string const& repository_url);

/** @brief The repository's URL, given the URL that one of its REST steps has come to. */
std::string repository_url_of(fetch_step const& step, std::string_view url);

/** @brief Why a step need not even be sent: GH_PAGINATION_LIMIT for a page that GitHub refuses
 *  whatever the list holds, and for GraphQL without a token. None: it can be sent. */
std::optional<fault> impossible(fetch_step const& step, fetch_input const& input);

}  // namespace conductor::workers::github
