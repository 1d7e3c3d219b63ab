#pragma once

#include <contract/outcome.hpp>
#include <github_fetch/fetch_step.hpp>
#include <github_fetch/github_answer.hpp>

#include <string>

namespace conductor::workers::github {

/** @brief Whether a refused list can only be understood by asking for the repository: GitHub
 *  answers 401, 403 and 404 also for a repository that is there but shows its stargazers to its own
 *  people only. */
bool may_be_restricted(fetch_step const& step, fault const& refusal);

/** @brief GH_STARGAZERS_RESTRICTED for a refused list of a repository that can be seen, saying
 *  which token works.
 *  @param refusal     How the list was refused.
 *  @param full_name   `owner/name`.
 *  @param with_token  Whether a token was sent. */
fault restricted(fault const& refusal, std::string const& full_name, bool with_token);

/** @brief The same with the input that reads the public feed in place of the list. */
fault with_advice(fault restricted);

}  // namespace conductor::workers::github
