#include <github_fetch/restriction.hpp>

#include <utility>

namespace conductor::workers::github {

bool may_be_restricted(fault const& refusal) {
    return refusal.http_status == 401 || refusal.http_status == 403 || refusal.http_status == 404;
}

fault restricted(fault const& refusal, std::string const& full_name, bool with_token) {
    std::string const asked = with_token ? "this token" : "requests without a token";
    return {.code = codes::gh_stargazers_restricted,
            .message = "GitHub shows the stargazers of " + full_name +
                       " to its admins and collaborators only, not to " + asked +
                       "; what works is a classic token with the scope public_repo, or a "
                       "fine-grained token with the permission contents: write, of one of them (" +
                       refusal.message + ")",
            .http_status = refusal.http_status};
}

verdict explain(fault const& refusal, verdict of_repository, std::string const& full_name,
                bool with_token) {
    bool const visible = std::holds_alternative<github_answer>(of_repository);
    if (visible) return restricted(refusal, full_name, with_token);
    return of_repository;
}

}  // namespace conductor::workers::github
