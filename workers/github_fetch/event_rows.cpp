#include <github_fetch/event_rows.hpp>

#include <github_fetch/event_feed.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::workers::github {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::string_view window = "events_window";
constexpr std::string_view unverified = "events_unverified";
constexpr std::string_view no_history = "history_unavailable";
constexpr std::string_view mismatch = "history_mismatch";

}  // namespace

std::vector<fetch_step> event_rows::next(std::size_t) const {
    if (next_events_) return {fetch_step{.where = endpoint::events, .page = *next_events_}};
    if (next_history_) return {fetch_step{.where = endpoint::history, .page = *next_history_}};
    return {};
}

outcome<source_page> event_rows::take(github_answer const& answer) {
    return next_events_ ? take_events(answer) : take_history(answer);
}

outcome<source_page> event_rows::take_events(github_answer const& answer) {
    auto page = read_events(kind_, answer.body);
    if (page.has_error()) return bad_body(page.error());
    for (row const& one : page->rows)
        if (kind_ == row_kind::star && one.user) starred_.try_emplace(one.user->id, one.at);
    bool const is_empty = !page->oldest;
    if (!is_empty) oldest_ = std::min(oldest_.value_or(*page->oldest), *page->oldest);
    bool const reaches_since = since_ && oldest_ && *oldest_ <= *since_;
    if (answer.links.next && !is_empty && !reaches_since)
        ++*next_events_;
    else
        end_feed();
    auto const is_old = [this](row const& one) { return since_ && one.at <= *since_; };
    std::erase_if(page->rows, is_old);
    return source_page{.rows = std::move(page->rows), .repository_id = page->repository_id};
}

// The counts are worth a request only where they can show that nothing is missing.
void event_rows::end_feed() {
    next_events_.reset();
    bool const reaches_since = since_ && oldest_ && *oldest_ <= *since_;
    if (!reaches_since)
        doubt_ = window;
    else if (kind_ == row_kind::star)
        next_history_ = 1;
    else
        doubt_ = unverified;
}

outcome<source_page> event_rows::take_history(github_answer const& answer) {
    auto const counts = read_history(answer.body);
    if (counts.has_error()) return bad_body(counts.error());
    auto const first = first_whole_day();
    for (auto const& one : *counts)
        if (one.day >= first) listed_by_history_ += one.count;
    bool const reaches_back = counts->empty() || counts->back().day <= first;
    if (answer.links.next && !reaches_back) {
        ++*next_history_;
    } else {
        judge_counts();
        // Of a day that is not over, nothing can be compared yet.
        bool const has_compared = first <= std::chrono::floor<days>(answer.at);
        if (!has_compared) doubt_ = unverified;
    }
    return source_page{.counts = false};
}

void event_rows::judge_counts() {
    next_history_.reset();
    auto const first = first_whole_day();
    auto const seen =
        std::ranges::count_if(starred_, [first](auto const& one) { return one.second >= first; });
    if (listed_by_history_ > seen) doubt_ = mismatch;
}

// The day of `since`, where the feed has all of it, else the day after.
sys_days event_rows::first_whole_day() const {
    auto const of_since = std::chrono::floor<days>(*since_);
    return std::max(of_since, std::chrono::ceil<days>(*oldest_));
}

// A feed that breaks off has told what it has; older servers know no counts.
bool event_rows::do_without(fault const& refusal) {
    if (next_events_ && *next_events_ > 1 && refusal.code == codes::gh_pagination_limit) {
        end_feed();
        return true;
    }
    if (next_events_ || !refusal.code.terminal) return false;
    next_history_.reset();
    doubt_ = no_history;
    return true;
}

std::string_view event_rows::doubt() const { return doubt_; }

}  // namespace conductor::workers::github
