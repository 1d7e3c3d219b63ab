#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/repository.hpp>

#include <string>

namespace conductor::workers::github {

/** @brief The repository and the pages that its stars are on: one request. */
class repository_job final : public fetch_job {
public:
    /** @brief The job of an input. */
    explicit repository_job(fetch_input const& input)
        : asked_(input.full_name()), pages_(input.pages), star_offset_(input.star_offset) {}

    std::optional<fetch_step> next() const override;
    result<void> take(github_answer const& answer) override;
    bool has_seen_repository() const override { return repository_.has_value(); }
    boost::json::object output(std::string_view cut_short_by) const override;
    boost::json::object progress() const override { return {}; }

private:
    std::string asked_;
    page_plan pages_;
    std::int64_t star_offset_;
    std::optional<repository> repository_;
};

}  // namespace conductor::workers::github
