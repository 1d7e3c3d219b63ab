#pragma once

#include <report/community.hpp>
#include <report/markup.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace conductor::test {

/** @brief A day of November 2026. */
inline std::chrono::sys_days november(unsigned day) {
    return std::chrono::year{2026} / std::chrono::November / std::chrono::day{day};
}

/** @brief Two repositories: a/one with three stars and a fork, b/two with two stars; `ann` starred
 *  both. */
inline workers::report::community some_community() {
    using namespace workers::report;
    community made;
    made.repositories = {
        {.name = "a/one",
         .people = 4,
         .kinds = {kind_activity{3, {{november(1), 1}, {november(3), 2}}},
                   kind_activity{1, {{november(2), 1}}}, kind_activity{}}},
        {.name = "b/two", .people = 2, .kinds = {kind_activity{2, {{november(3), 2}}}}}};
    made.shared_stars = {{3, 1}, {1, 2}};
    made.people = 5;
    made.shared_people_count = 1;
    made.shared_people = {{{"ann", true}, {0, 1}}};
    made.newest = {{{"ann", true}, activity_kind::star, "2026-11-03T09:05:00Z", 1},
                   {{"bob", true}, activity_kind::fork, "2026-11-02T08:00:00Z", 0}};
    made.loaded_until = "2026-11-04T00:00:05Z";
    return made;
}

/** @brief How often a text occurs in another one. */
inline std::size_t occurrences(std::string_view text, std::string_view of) {
    std::size_t count = 0;
    for (auto at = text.find(of); at != std::string_view::npos; at = text.find(of, at + of.size()))
        ++count;
    return count;
}

/** @brief Names that would be more than text if they were not escaped. */
inline constexpr std::string_view hostile_names[] = {"<script>alert(1)</script>",
                                                     "\"><img src=x onerror=alert(1)>",
                                                     "' onmouseover='alert(1)",
                                                     "javascript:alert(1)",
                                                     "</title></style></svg>",
                                                     "a/b\xE2\x80\xAEgpj.exe",
                                                     "\xFF\xFE\x00\x1B[31m",
                                                     "&lt;b&gt;",
                                                     "../../evil"};

/** @brief Whether a page repeats a name as it is although it would be read as markup. */
inline bool holds_raw(std::string_view page, std::string_view name) {
    return workers::report::markup{}.text(name).str() != name &&
           page.find(name) != std::string_view::npos;
}

}  // namespace conductor::test
