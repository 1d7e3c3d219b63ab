#pragma once

#include <contract/instant.hpp>
#include <contract/outcome.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers {

/** @brief The smallest and the largest number that a member may be. */
struct integer_range {
    /** @brief The smallest. */
    std::int64_t min = 0;
    /** @brief The largest. */
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

/** @brief Reads members of a task's input and collects everything that is wrong with them.
 *
 *  An expression of a workflow that found nothing gives null, and a form left blank gives an empty
 *  text: both count as absent. Complaints name the member by JSON pointer and never repeat a value,
 *  which may be a key in the wrong place.
 */
class input_reader {
public:
    /** @brief Reads from `input`, which must outlive the reader. */
    explicit input_reader(boost::json::object const& input) : input_(input) {}

    /** @brief A text that must be there. */
    std::string required_text(std::string_view name);
    /** @brief A text. */
    std::optional<std::string> text(std::string_view name);
    /** @brief One of the texts listed. */
    std::optional<std::string> choice(std::string_view name,
                                      std::initializer_list<std::string_view> values);
    /** @brief A whole number, or a text that is one. */
    std::optional<std::int64_t> integer(std::string_view name, integer_range range = {});
    /** @brief A truth value, or the text `true` or `false`. */
    std::optional<bool> boolean(std::string_view name);
    /** @brief An instant: ISO 8601 text, or milliseconds since 1970 as `integer()` reads them. */
    std::optional<instant> time(std::string_view name);
    /** @brief An array; null when absent. */
    boost::json::array const* array(std::string_view name);
    /** @brief A member of any type; null when absent. */
    boost::json::value const* find(std::string_view name) const;

    /** @brief Adds a complaint about a member.
     *  @param pointer  The member's JSON pointer, e.g. `/gh_token/netflix`. */
    void refuse(std::string_view pointer, std::string_view complaint);
    /** @brief Whether there is no complaint so far. */
    bool good() const { return complaints_.empty(); }
    /** @brief All complaints as one BAD_INPUT: `/gh_repo: is required; /page: expected …`. */
    fault error() const;

private:
    void refuse_member(std::string_view name, std::string_view complaint);

    boost::json::object const& input_;
    std::vector<std::string> complaints_;
};

/** @brief The JSON pointer of a member of the top level, with `~` and `/` escaped. */
std::string json_pointer(std::string_view member);

}  // namespace conductor::workers
