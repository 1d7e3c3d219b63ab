#pragma once

#include <github_fetch/cursor.hpp>
#include <github_fetch/fetch_step.hpp>
#include <github_fetch/github_answer.hpp>
#include <github_fetch/repository.hpp>
#include <github_fetch/row.hpp>

#include <contract/outcome.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers::github {

/** @brief What one answer adds to a walk. */
struct source_page {
    /** @brief The rows that are new, newest first. */
    std::vector<row> rows{};
    /** @brief Whether the answer was a page of the walk, not one asked for on the way to it. */
    bool counts = true;
    /** @brief Whether an unchanged ETag of this answer would mean that nothing is new. */
    bool tells_news = false;
    /** @brief The repository, where the answer describes it. */
    std::optional<github::repository> repository{};
    /** @brief Its number, where the answer shows that alone. */
    std::optional<std::int64_t> repository_id{};
};

/** @brief Where a walk's rows come from: which requests bring them, in which order. Pure. */
class row_source {
public:
    virtual ~row_source() = default;

    /** @brief The next requests, in the order in which their answers are to be taken; none at the
     *  end. More than one only where all are needed whatever the answers say.
     *  @param most  How many at most. */
    virtual std::vector<fetch_step> next(std::size_t most) const = 0;

    /** @brief Takes the answer to the first step of `next()`.
     *  @par Errors  GH_BAD_BODY, whose message begins with a JSON pointer into the body;
     *               GH_PAGINATION_LIMIT when the newest rows lie out of reach. */
    virtual outcome<source_page> take(github_answer const& answer) = 0;

    /** @brief Takes a refusal of the first step of `next()`.
     *  @return Whether the source goes on without that answer. */
    virtual bool do_without(fault const& refusal);

    /** @brief Where the first step of `next()` stands, for another walk to go on there. */
    virtual list_cursor cursor() const = 0;

    /** @brief Whether the walk can be cut between two answers and go on from `cursor()`. */
    virtual bool can_pause() const { return true; }

    /** @brief The page that is the walk's last to read; none where there is no such thing. */
    virtual std::optional<std::int64_t> first_page() const { return std::nullopt; }
    /** @brief The last page of the list, once it is known. */
    virtual std::optional<std::int64_t> last_page() const { return std::nullopt; }
    /** @brief REST stars: how many rows the list had when its end was read. */
    virtual std::optional<std::int64_t> end_row() const { return std::nullopt; }
    /** @brief Why rows may be missing although the source was read to its end; empty when none are.
     */
    virtual std::string_view doubt() const { return {}; }
};

/** @brief The REST list of a kind of rows. */
endpoint list_of(row_kind kind);

/** @brief GH_BAD_BODY for what a parser has found. */
fault bad_body(failure const& found);

}  // namespace conductor::workers::github
