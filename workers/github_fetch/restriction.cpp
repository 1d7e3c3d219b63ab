#include <github_fetch/restriction.hpp>

#include <utility>

namespace conductor::workers::github {

bool may_be_restricted(fetch_step const& step, fault const& refusal) {
    // The counts are public; where they are refused, the server does not know them.
    if (step.where == endpoint::repository || step.where == endpoint::history) return false;
    return refusal.http_status == 401 || refusal.http_status == 403 || refusal.http_status == 404;
}

fault restricted(fault const& refusal, std::string const& full_name, bool with_token) {
    std::string const asked = with_token ? "this token" : "requests without a token";
    return {.code = codes::gh_stargazers_restricted,
            .message = "GitHub shows the stargazers of " + full_name +
                       " to its admins and collaborators only, not to " + asked +
                       "; what works is one of theirs: a classic token with public_repo, or a "
                       "fine-grained one with contents: write (" +
                       refusal.message + ")",
            .http_status = refusal.http_status};
}

fault with_advice(fault restricted) {
    restricted.message += "; on_restricted: events takes what the public feed has";
    return restricted;
}

}  // namespace conductor::workers::github
