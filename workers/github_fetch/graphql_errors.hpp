#pragma once

#include <github_fetch/github_answer.hpp>

namespace conductor::workers::github {

/** @brief Judges an answer of GraphQL, which tells most errors with status 200 in `errors`.
 *
 *  `RATE_LIMITED` asks to wait, as its headers say (GraphQL has a quota of its own), `NOT_FOUND` is
 *  GH_NOT_FOUND, `FORBIDDEN` and `INSUFFICIENT_SCOPES` are GH_STARGAZERS_RESTRICTED; anything else
 *  is GH_UPSTREAM, and a list of errors that is none GH_BAD_BODY.
 *  @param now             To turn dates into waits.
 *  @param earlier_limits  As for `judge`.
 */
verdict judge_graphql(http::response const& answer, instant now, int earlier_limits);

}  // namespace conductor::workers::github
