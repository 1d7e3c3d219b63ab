#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/repository.hpp>
#include <github_fetch/row_list.hpp>
#include <github_fetch/row_source.hpp>

#include <memory>
#include <string>

namespace conductor::workers::github {

/** @brief A walk over a list, newest first, from one source; where that one ends too early, from
 *  another: GraphQL behind the reach of REST, the public feed in place of a restricted list. */
class list_job final : public fetch_job {
public:
    /** @brief The job of an input, going on where `previous` left off. */
    list_job(fetch_input const& input, boost::json::object const& previous);

    std::vector<fetch_step> next() const override;
    outcome<void> take(fetch_step const& step, github_answer const& answer) override;
    std::optional<fault> refuse(fault why) override;
    bool has_seen_repository() const override { return repository_.has_value(); }
    bool can_be_cut() const override;
    boost::json::object output(std::string_view cut_short_by) const override;
    boost::json::object progress() const override;
    fetch_source source() const override;

private:
    // The input's part that a walk needs.
    struct request {
        row_kind rows;
        std::string full_name;
        std::optional<fetch_source> source;
        bool events_when_restricted;
        page_plan pages;
        std::int64_t star_offset;
        std::optional<instant> since;
        std::optional<std::int64_t> max_pages;
        std::optional<std::int64_t> max_items;
        std::string etag;
    };

    void begin(fetch_input const& input);
    void resume(boost::json::object const& previous);
    std::unique_ptr<row_source> make_source(list_cursor const& start) const;
    outcome<void> take_repository(boost::json::value const& body);
    outcome<void> take_rows(github_answer const& answer);
    void keep(std::vector<row> const& rows);
    std::size_t steps_ahead() const;
    bool is_over() const;
    bool is_full() const;
    std::string_view limit_reached() const;
    std::optional<list_cursor> next_cursor() const;
    boost::json::object repo() const;

    request request_;
    std::optional<repository> repository_;
    std::optional<std::int64_t> repository_id_;
    std::unique_ptr<row_source> source_;
    row_list rows_;
    std::int64_t pages_read_ = 0;
    std::int64_t rows_read_ = 0;
    bool is_first_request_ = true;
    bool not_modified_ = false;
    bool since_reached_ = false;
    std::string etag_;
};

}  // namespace conductor::workers::github
