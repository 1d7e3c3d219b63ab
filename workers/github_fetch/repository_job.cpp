#include <github_fetch/repository_job.hpp>

#include <utility>

namespace conductor::workers::github {

std::optional<fetch_step> repository_job::next() const {
    if (repository_) return std::nullopt;
    return fetch_step{};
}

result<void> repository_job::take(github_answer const& answer) {
    auto read = read_repository(answer.body);
    if (read.has_error()) return read.error();
    repository_ = *std::move(read);
    return {};
}

boost::json::object repository_job::output(std::string_view) const {
    return {{"repo", repo_output(*repository_, asked_)},
            {"stargazers_count", repository_->stargazers_count},
            {"forks_count", repository_->forks_count},
            {"first_page", pages_.page_of(star_offset_)},
            {"last_page", pages_.last_page(repository_->stargazers_count)},
            {"complete", true}};
}

}  // namespace conductor::workers::github
