#pragma once

#include <github_fetch/row_source.hpp>

namespace conductor::workers::github {

/** @brief Forks or contributors of the REST API: from page 1 up, in GitHub's order.
 *
 *  Forks come newest first. One that appears meanwhile moves rows to higher pages, where they come
 *  twice; it is newer than what the walk began with, so it belongs to the next.
 */
class upward_pages final : public row_source {
public:
    /** @brief A walk that begins at a page.
     *  @param kind  `fork` or `contributor`. */
    upward_pages(row_kind kind, std::int64_t page) : kind_(kind), next_(page) {}

    std::vector<fetch_step> next(std::size_t most) const override;
    outcome<source_page> take(github_answer const& answer) override;
    bool do_without(fault const& refusal) override;
    list_cursor cursor() const override { return {.page = next_.value_or(1)}; }
    std::optional<std::int64_t> first_page() const override { return 1; }
    std::optional<std::int64_t> last_page() const override { return last_; }
    std::string_view doubt() const override { return doubt_; }

private:
    row_kind kind_;
    std::optional<std::int64_t> next_;
    std::optional<std::int64_t> last_;
    std::string_view doubt_;
};

}  // namespace conductor::workers::github
