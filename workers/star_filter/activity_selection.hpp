#pragma once

#include <star_filter/activity_row.hpp>
#include <star_filter/star_filter_request.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_set>

namespace conductor::workers {

/** @brief Why rows were left out; each row counts once, under the first reason that holds. */
struct dropped_rows {
    /** @brief No time or no account that can be read. */
    std::size_t malformed = 0;
    /** @brief Not after the cutoff. */
    std::size_t old = 0;
    /** @brief After the window's end. */
    std::size_t future = 0;
    /** @brief A program's account. */
    std::size_t bot = 0;
    /** @brief One of the logins to leave out. */
    std::size_t excluded = 0;
    /** @brief A key that was seen before, in this list or in an earlier run. */
    std::size_t duplicate = 0;

    friend bool operator==(dropped_rows const&, dropped_rows const&) = default;
};

/** @brief Picks the rows of a window, one after the other, and makes activities of them. */
class activity_selection {
public:
    /** @brief Nothing picked yet. */
    explicit activity_selection(star_filter_request request);

    /** @brief Picks a row or counts why not. */
    void offer(boost::json::value const& row);

    /** @brief How many were picked. */
    std::size_t count() const { return activities_.size(); }
    /** @brief What was left out. */
    dropped_rows const& dropped() const { return dropped_; }
    /** @brief The task's output; leaves the selection empty. */
    boost::json::object take_output();

private:
    std::size_t dropped_rows::*reason_against(activity_row const& candidate) const;
    std::string key_of(activity_row const& picked) const;
    boost::json::object activity_of(activity_row const& picked, std::string key) const;

    star_filter_request request_;
    std::unordered_set<std::string> keys_;
    dropped_rows dropped_;
    boost::json::array activities_;
    std::array<std::size_t, activity_kinds> counts_{};
    std::optional<instant> newest_;
};

}  // namespace conductor::workers
