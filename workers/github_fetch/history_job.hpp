#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/star_history.hpp>

#include <string>

namespace conductor::workers::github {

/** @brief How many stars were given on each day, without names: for repositories whose stargazers
 *  are not shown. */
class history_job final : public fetch_job {
public:
    /** @brief The job of an input. */
    explicit history_job(fetch_input const& input)
        : asked_(input.full_name()), since_(input.since), max_pages_(input.max_pages) {}

    std::vector<fetch_step> next() const override;
    outcome<void> take(fetch_step const& step, github_answer const& answer) override;
    bool has_seen_repository() const override { return false; }
    boost::json::object output(std::string_view cut_short_by) const override;
    fetch_source source() const override { return fetch_source::history; }

private:
    bool is_wanted(day_count const& one, instant now) const;

    std::string asked_;
    std::optional<instant> since_;
    std::optional<std::int64_t> max_pages_;
    std::optional<std::int64_t> next_ = 1;
    std::optional<std::int64_t> repository_id_;
    std::vector<day_count> days_;
};

}  // namespace conductor::workers::github
