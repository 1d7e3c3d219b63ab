#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace conductor::workers::report {

/** @brief A piece of HTML or SVG in the making.
 *
 *  What the program's own source says goes in by `raw()`, everything else by the other functions:
 *  so no text from the database can become markup.
 */
class markup {
public:
    markup() = default;
    /** @brief Begins with markup of the program's own. */
    explicit markup(std::string_view own) : text_(own) {}

    /** @brief Adds markup of the program's own. */
    markup& raw(std::string_view own);
    /** @brief Adds another piece. */
    markup& add(markup const& piece) { return raw(piece.text_); }
    /** @brief Adds a text from outside, for the content of an element or a quoted attribute.
     *
     *  Its `&`, `<`, `>` and quotes come out as entities. Controls, marks that change the direction
     *  of writing, and bytes that are not UTF-8 come out as U+FFFD. Beyond `text_bytes_max` bytes
     *  it is cut at a whole character and ends in "…". */
    markup& text(std::string_view outside);
    /** @brief Adds a count: `1,234,567`. */
    markup& count(std::int64_t number);
    /** @brief Adds a length or place in a drawing, to a tenth: `12.5`.
     *  @param number  Not negative. */
    markup& place(double number);

    /** @brief The whole. */
    std::string const& str() const { return text_; }

private:
    std::string text_;
};

/** @brief The longest text from outside that a page shows. */
inline constexpr std::size_t text_bytes_max = 200;

/** @brief A count as people write it: `1,234,567`. */
std::string grouped(std::int64_t number);

/** @brief A share in whole per cent; `<1` for less than one, and `0` only for nothing.
 *  @param whole  Nothing of nothing is `0`. */
std::string per_cent(std::int64_t part, std::int64_t whole);

}  // namespace conductor::workers::report
