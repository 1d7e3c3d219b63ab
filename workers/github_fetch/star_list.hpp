#pragma once

#include <contract/instant.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace conductor::workers::github {

/** @brief Who starred. */
struct stargazer {
    /** @brief The name, which its owner may change. */
    std::string login;
    /** @brief The number, which never changes. */
    std::int64_t id = 0;
    /** @brief `User`, `Organization`, `Bot`; empty when GitHub does not say. */
    std::string type;

    friend bool operator==(stargazer const&, stargazer const&) = default;
};

/** @brief One row of GitHub's list. */
struct star {
    /** @brief When, as GitHub wrote it. */
    std::string starred_at;
    /** @brief When. */
    instant at;
    /** @brief Who; none when the account is gone. */
    std::optional<stargazer> user;

    friend bool operator==(star const&, star const&) = default;
};

/** @brief Reads a page of stars: `[{starred_at, user: {login, id, type}}, …]`, oldest first.
 *  @par Errors  `errc::bad_response`; `detail` begins with the JSON pointer of the culprit. */
result<std::vector<star>> read_stars(boost::json::value const& body);

/** @brief Stars in the order they were added, each person once: pages shift while they are read,
 *  and then the same row comes twice. */
class star_list {
public:
    /** @brief Adds a star, unless its person is in the list already. */
    void add(star added);
    /** @brief How many. */
    std::size_t size() const { return stars_.size(); }
    /** @brief When the oldest was given. */
    std::optional<instant> oldest() const { return oldest_; }
    /** @brief When the newest was given. */
    std::optional<instant> newest() const { return newest_; }
    /** @brief The rows of the output, in the form that `read_stars` reads. */
    boost::json::array to_json() const;

private:
    std::vector<star> stars_;
    std::unordered_set<std::int64_t> people_;
    std::optional<instant> oldest_;
    std::optional<instant> newest_;
};

/** @brief What every list of stars gives out: `stargazers, count, oldest, newest`. */
boost::json::object stars_output(star_list const& stars);

}  // namespace conductor::workers::github
