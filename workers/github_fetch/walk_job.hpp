#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/page_walk.hpp>
#include <github_fetch/repository.hpp>
#include <github_fetch/star_list.hpp>

#include <string>
#include <vector>

namespace conductor::workers::github {

/** @brief All stars from an offset on, newest first: the repository, then its pages from the last
 *  one down. */
class walk_job final : public fetch_job {
public:
    /** @brief The job of an input, going on where `previous` left off. */
    walk_job(fetch_input const& input, boost::json::object const& previous);

    std::optional<fetch_step> next() const override;
    result<void> take(github_answer const& answer) override;
    bool has_seen_repository() const override { return repository_.has_value(); }
    boost::json::object output(std::string_view cut_short_by) const override;
    boost::json::object progress() const override;

private:
    // The input's part that a walk needs.
    struct request {
        std::string full_name;
        page_plan pages;
        std::int64_t star_offset;
        std::optional<std::int64_t> max_pages;
        std::optional<std::int64_t> max_items;
    };

    void resume(boost::json::object const& previous);
    result<void> take_repository(boost::json::value const& body);
    result<void> take_page(github_answer const& answer);
    void keep(std::vector<star> rows, std::int64_t page);
    bool is_full() const;
    std::string_view limit_reached() const;
    std::optional<std::int64_t> next_page() const;
    std::int64_t first_page() const { return request_.pages.page_of(request_.star_offset); }

    request request_;
    std::optional<repository> repository_;
    std::optional<page_walk> walk_;
    std::int64_t pages_read_ = 0;
    // Where the list ended when its last page was read.
    std::int64_t end_row_ = 0;
    // The page that `max_items` ended in the middle of.
    std::optional<std::int64_t> cut_page_;
    star_list stars_;
};

}  // namespace conductor::workers::github
