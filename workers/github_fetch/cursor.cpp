#include <github_fetch/cursor.hpp>

#include <github_fetch/page_plan.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace conductor::workers::github {
namespace {

constexpr std::size_t after_bytes_max = 1000;

std::string_view take_part(std::string_view& rest) {
    auto const end = rest.find(':');
    auto const part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return part;
}

std::optional<std::int64_t> number(std::string_view text, std::int64_t min) {
    std::int64_t value = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const whole = error == std::errc{} && stop == text.data() + text.size();
    if (!whole || value < min || value > row_number_max) return std::nullopt;
    return value;
}

// `rest:PAGE` of any list, `rest:PAGE:end` for a guess, `rest:PAGE:ROWS` once the end is known.
std::optional<list_cursor> parse_rest(std::string_view rest) {
    auto const page = number(take_part(rest), 1);
    if (!page) return std::nullopt;
    list_cursor made{.page = *page, .is_guess = rest == "end"};
    if (rest.empty() || made.is_guess) return made;
    made.rows = number(rest, 0);
    return made.rows ? std::optional{made} : std::nullopt;
}

// `graphql:ROWS:CURSOR`, each of the two may be empty.
std::optional<list_cursor> parse_graphql(std::string_view rest) {
    list_cursor made{.source = fetch_source::graphql};
    auto const rows = take_part(rest);
    if (!rows.empty()) made.rows = number(rows, 0);
    bool const readable = std::ranges::all_of(rest, [](char c) { return c > ' ' && c <= '~'; });
    if ((!rows.empty() && !made.rows) || !readable || rest.size() > after_bytes_max)
        return std::nullopt;
    made.after = std::string{rest};
    return made;
}

}  // namespace

std::string_view to_text(fetch_source source) {
    switch (source) {
        case fetch_source::rest: return "rest";
        case fetch_source::graphql: return "graphql";
        case fetch_source::events: return "events";
        case fetch_source::history: break;
    }
    return "history";
}

std::string to_text(list_cursor const& cursor) {
    std::string text{to_text(cursor.source)};
    std::string const rows = cursor.rows ? std::to_string(*cursor.rows) : "";
    if (cursor.source == fetch_source::graphql) return text + ":" + rows + ":" + cursor.after;
    if (cursor.source != fetch_source::rest) return text;
    text += ":" + std::to_string(cursor.page);
    if (cursor.is_guess) return text + ":end";
    return rows.empty() ? text : text + ":" + rows;
}

std::optional<list_cursor> parse_cursor(std::string_view text) {
    auto const source = take_part(text);
    if (source == "rest") return parse_rest(text);
    if (source == "graphql") return parse_graphql(text);
    if (source == "events" && text.empty()) return list_cursor{.source = fetch_source::events};
    return std::nullopt;
}

}  // namespace conductor::workers::github
