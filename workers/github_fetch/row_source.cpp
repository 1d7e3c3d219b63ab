#include <github_fetch/row_source.hpp>

namespace conductor::workers::github {

bool row_source::do_without(fault const&) { return false; }

endpoint list_of(row_kind kind) {
    switch (kind) {
        case row_kind::star: return endpoint::stargazers;
        case row_kind::fork: return endpoint::forks;
        case row_kind::contributor: break;
    }
    return endpoint::contributors;
}

fault bad_body(failure const& found) {
    return {.code = codes::gh_bad_body, .message = found.detail};
}

}  // namespace conductor::workers::github
