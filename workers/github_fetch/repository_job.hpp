#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/repository.hpp>

#include <string>

namespace conductor::workers::github {

/** @brief The repository, the pages that its stars are on, and the cursor of the newest: one
 *  request. */
class repository_job final : public fetch_job {
public:
    /** @brief The job of an input. */
    explicit repository_job(fetch_input const& input)
        : asked_(input.full_name()),
          pages_(input.pages),
          source_(input.source),
          star_offset_(input.star_offset) {}

    std::vector<fetch_step> next() const override;
    outcome<void> take(fetch_step const& step, github_answer const& answer) override;
    bool has_seen_repository() const override { return repository_.has_value(); }
    boost::json::object output(std::string_view cut_short_by) const override;

private:
    std::string asked_;
    page_plan pages_;
    std::optional<fetch_source> source_;
    std::int64_t star_offset_;
    std::optional<repository> repository_;
};

/** @brief Where a walk over stars begins, going by the repository's count: at the last page, or,
 *  when that lies out of reach, with GraphQL.
 *  @param source  Where the rows shall come from; none for either. */
list_cursor first_cursor(repository const& repository, page_plan const& pages,
                         std::optional<fetch_source> source);

}  // namespace conductor::workers::github
