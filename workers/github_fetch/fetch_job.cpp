#include <github_fetch/fetch_job.hpp>

#include <github_fetch/history_job.hpp>
#include <github_fetch/list_job.hpp>
#include <github_fetch/page_job.hpp>
#include <github_fetch/repository_job.hpp>

namespace conductor::workers::github {

std::unique_ptr<fetch_job> make_job(fetch_input const& input, boost::json::object const& previous) {
    if (input.what == fetch_kind::repository) return std::make_unique<repository_job>(input);
    if (input.page) return std::make_unique<page_job>(input);
    if (input.source == fetch_source::history) return std::make_unique<history_job>(input);
    return std::make_unique<list_job>(input, previous);
}

}  // namespace conductor::workers::github
