#include <github_fetch/fetch_job.hpp>

#include <github_fetch/page_job.hpp>
#include <github_fetch/repository_job.hpp>
#include <github_fetch/walk_job.hpp>

namespace conductor::workers::github {

std::unique_ptr<fetch_job> make_job(fetch_input const& input, boost::json::object const& previous) {
    switch (input.what) {
        case fetch_kind::repository: return std::make_unique<repository_job>(input);
        case fetch_kind::star_page: return std::make_unique<page_job>(input);
        case fetch_kind::all_stars: break;
    }
    return std::make_unique<walk_job>(input, previous);
}

}  // namespace conductor::workers::github
