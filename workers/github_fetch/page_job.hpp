#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/star_list.hpp>

#include <string>

namespace conductor::workers::github {

/** @brief One page of stars, in GitHub's order: oldest first. */
class page_job final : public fetch_job {
public:
    /** @brief The job of an input. */
    explicit page_job(fetch_input const& input)
        : asked_(input.full_name()),
          pages_(input.pages),
          star_offset_(input.star_offset),
          page_(input.page) {}

    std::optional<fetch_step> next() const override;
    result<void> take(github_answer const& answer) override;
    bool has_seen_repository() const override { return false; }
    boost::json::object output(std::string_view cut_short_by) const override;
    boost::json::object progress() const override { return {}; }

private:
    std::optional<std::int64_t> last_page() const;

    std::string asked_;
    page_plan pages_;
    std::int64_t star_offset_;
    std::int64_t page_;
    bool taken_ = false;
    std::int64_t rows_ = 0;
    page_links links_;
    std::optional<std::int64_t> repository_id_;
    star_list stars_;
};

}  // namespace conductor::workers::github
