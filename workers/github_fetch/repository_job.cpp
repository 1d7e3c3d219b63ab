#include <github_fetch/repository_job.hpp>

#include <github_fetch/row_source.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers::github {

std::vector<fetch_step> repository_job::next() const {
    if (repository_) return {};
    return {fetch_step{}};
}

outcome<void> repository_job::take(fetch_step const&, github_answer const& answer) {
    auto read = read_repository(answer.body);
    if (read.has_error()) return bad_body(read.error());
    repository_ = *std::move(read);
    return {};
}

boost::json::object repository_job::output(std::string_view) const {
    std::int64_t const last = pages_.last_page(repository_->stargazers_count);
    auto start = first_cursor(*repository_, pages_, source_);
    start.page = std::max(start.page, pages_.page_of(star_offset_));
    boost::json::object out{{"repo", repo_output(*repository_, asked_)},
                            {"stargazers_count", repository_->stargazers_count},
                            {"forks_count", repository_->forks_count},
                            {"first_page", pages_.page_of(star_offset_)},
                            {"last_page", last},
                            {"next_cursor", to_text(start)},
                            {"complete", true}};
    if (source_ == fetch_source::history) out["next_cursor"] = nullptr;
    return out;
}

list_cursor first_cursor(repository const& repository, page_plan const& pages,
                         std::optional<fetch_source> source) {
    std::int64_t const last =
        std::max<std::int64_t>(pages.last_page(repository.stargazers_count), 1);
    bool const beyond = repository.stargazers_count > rows_within_reach;
    if (source == fetch_source::events) return {.source = fetch_source::events};
    if (source == fetch_source::graphql || (!source && beyond))
        return {.source = fetch_source::graphql};
    return {.page = last, .is_guess = true};
}

}  // namespace conductor::workers::github
