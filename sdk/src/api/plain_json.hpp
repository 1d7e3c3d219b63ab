#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace conductor::api {

/** @brief Walks over JSON text of the plain kind: texts of ASCII without escapes, numbers without
 *  exponents, nesting that is not deep.
 *
 *  What it accepts is valid JSON. What it does not accept may be valid too: that is for a parser to
 *  say, and `false` or none here means no more than to ask it.
 */
class plain_json {
public:
    /** @brief What is nested deeper is not plain. */
    static constexpr unsigned levels_max = 32;

    explicit plain_json(std::string_view text)
        : at_(text.data()), end_(text.data() + text.size()) {}

    /** @brief What has not been walked over. */
    std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    /** @brief Steps over so many bytes. */
    void advance(std::size_t bytes) { at_ += bytes; }

    /** @brief The next character that is no blank; zero at the end. */
    char peek();
    /** @brief Steps over this character, and blanks before it, if it comes next. */
    bool take(char wanted);
    /** @brief Steps over a word such as `null`. */
    bool take_word(std::string_view word);
    /** @brief Steps over a text, and gives what stands between its quotes. */
    std::optional<std::string_view> take_text();
    /** @brief Steps over a whole number of at most 18 digits without a sign. */
    std::optional<std::int64_t> take_whole_number();
    /** @brief Steps over any value. */
    bool skip_value(unsigned depth = 0);

private:
    bool skip_members(unsigned depth);
    bool skip_elements(unsigned depth);
    bool skip_number();
    std::size_t skip_digits();

    char const* at_;
    char const* end_;
};

}  // namespace conductor::api
