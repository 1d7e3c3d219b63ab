#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/row_list.hpp>

#include <string>

namespace conductor::workers::github {

/** @brief One page of a list, in GitHub's order. */
class page_job final : public fetch_job {
public:
    /** @brief The job of an input that names a page. */
    explicit page_job(fetch_input const& input);

    std::vector<fetch_step> next() const override;
    outcome<void> take(fetch_step const& step, github_answer const& answer) override;
    std::optional<fault> refuse(fault why) override;
    bool has_seen_repository() const override { return false; }
    boost::json::object output(std::string_view cut_short_by) const override;

private:
    void keep(row const& one);
    std::optional<std::int64_t> first_page() const;
    std::optional<std::int64_t> last_page() const;
    std::optional<std::int64_t> next_page() const;
    bool is_whole_list() const;

    std::string asked_;
    page_plan pages_;
    std::int64_t star_offset_;
    std::optional<instant> since_;
    fetch_step step_;
    bool taken_ = false;
    bool not_modified_ = false;
    bool since_reached_ = false;
    std::int64_t listed_ = 0;
    std::int64_t wanted_ = 0;
    page_links links_;
    std::string etag_;
    std::optional<std::int64_t> repository_id_;
    row_list rows_;
};

}  // namespace conductor::workers::github
