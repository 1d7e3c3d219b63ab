#pragma once

#include <github_fetch/row_source.hpp>
#include <github_fetch/star_history.hpp>

#include <unordered_map>

namespace conductor::workers::github {

/** @brief Stars or forks out of a repository's public feed, which holds 300 events of 30 days at
 *  most; then the counts of stars for each day, to see whether the feed has them all.
 *
 *  It is read as a whole: to its end, or to the first page that reaches back beyond `since`.
 *  @par Source  `/stargazers/history` promises no time zone for its days, so all days from the
 *               first whole one on are compared as one sum.
 */
class event_rows final : public row_source {
public:
    /** @brief Rows of a kind, `star` or `fork`.
     *  @param since  Only what is newer; none for all. */
    event_rows(row_kind kind, std::optional<instant> since) : kind_(kind), since_(since) {}

    std::vector<fetch_step> next(std::size_t most) const override;
    outcome<source_page> take(github_answer const& answer) override;
    bool do_without(fault const& refusal) override;
    list_cursor cursor() const override { return {.source = fetch_source::events}; }
    bool can_pause() const override { return false; }
    std::string_view doubt() const override;

private:
    outcome<source_page> take_events(github_answer const& answer);
    outcome<source_page> take_history(github_answer const& answer);
    void end_feed();
    void judge_counts();
    std::chrono::sys_days first_whole_day() const;

    row_kind kind_;
    std::optional<instant> since_;
    std::optional<std::int64_t> next_events_ = 1;
    std::optional<std::int64_t> next_history_;
    // When each person of the feed starred last, those before `since` included.
    std::unordered_map<std::int64_t, instant> starred_;
    std::optional<instant> oldest_;
    std::int64_t listed_by_history_ = 0;
    std::string_view doubt_;
};

}  // namespace conductor::workers::github
