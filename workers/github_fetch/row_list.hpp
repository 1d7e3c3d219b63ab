#pragma once

#include <github_fetch/row.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace conductor::workers::github {

/** @brief The member of the output that holds the rows: `stargazers`, `forks`, `contributors`. */
std::string_view rows_member(row_kind kind);

/** @brief Rows in the order they were added, each person (of forks: each copy) once: pages shift
 *  while they are read, and then the same row comes twice. Kept small: 40,000 stars are 4 MB. */
class row_list {
public:
    /** @brief Of rows of one kind. */
    explicit row_list(row_kind kind) : kind_(kind) {}

    /** @brief Adds a row, unless it is in the list already. */
    void add(row const& added);
    /** @brief What the rows are. */
    row_kind kind() const { return kind_; }
    /** @brief How many. */
    std::size_t size() const { return rows_.size(); }
    /** @brief When the oldest happened; none for contributors. */
    std::optional<instant> oldest() const { return oldest_; }
    /** @brief When the newest happened; none for contributors. */
    std::optional<instant> newest() const { return newest_; }
    /** @brief The row at a place. */
    row at(std::size_t index) const;

private:
    // Where a text stands in `texts_`.
    struct piece {
        std::size_t at = 0;
        std::size_t size = 0;
    };
    struct packed {
        std::int64_t at;
        std::int64_t number;
        std::int64_t user_id;  // -1 for none
        piece login;
        std::uint32_t name_size;  // the name stands behind the login
        std::uint32_t type;
    };

    bool remember(row const& added);
    std::uint32_t type_number(std::string const& type);

    row_kind kind_;
    std::vector<packed> rows_;
    std::string texts_;
    std::vector<std::string> types_;
    std::unordered_set<std::int64_t> known_;
    std::optional<instant> oldest_;
    std::optional<instant> newest_;
};

/** @brief The rows as JSON, in the form that `read_output_rows` reads:
 *  stars `{starred_at, user}`, forks `{forked_at, user, repo: {id, full_name}}`, contributors
 *  `{contributions, user}` and, where `user` is null, `name`.
 *  @param storage  Where the tree is built. */
boost::json::array rows_json(row_list const& rows, boost::json::storage_ptr storage);

/** @brief What every list gives out: the rows, `count`, `oldest`, `newest`.
 *
 *  The tree grows in memory of its own, which is freed as a whole: many small values take half of
 *  what they would on the heap. */
boost::json::object rows_output(row_list const& rows);

}  // namespace conductor::workers::github
