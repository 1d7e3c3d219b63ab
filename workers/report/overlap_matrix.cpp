#include <report/overlap_matrix.hpp>

#include <report/github_link.hpp>
#include <report/scrolling_table.hpp>

#include <algorithm>

namespace conductor::workers::report {
namespace {

constexpr std::int64_t heat_levels = 5;

// 0 for nothing, else 1 to `heat_levels`, each for an equal part of the shares up to a half; a
// larger share is rare and has the last one.
std::int64_t heat(std::int64_t part, std::int64_t whole) {
    if (part <= 0 || whole <= 0) return 0;
    auto const tenths = part * 2 * heat_levels / whole;
    return std::min(tenths + 1, heat_levels);
}

markup field(std::int64_t part, std::int64_t whole, bool is_diagonal) {
    if (is_diagonal) return markup{R"(<td class="number self">)"}.count(part).raw("</td>");
    markup made{R"(<td class="number heat)"};
    made.raw(std::to_string(heat(part, whole))).raw(R"(">)").count(part);
    made.raw(R"( <span class="share">)").text(per_cent(part, whole)).raw(" %</span></td>");
    return made;
}

}  // namespace

markup overlap_matrix(community const& of) {
    auto const count = std::min(of.repositories.size(), matrix_repositories_max);
    markup body{R"(<thead><tr><td></td>)"};
    for (std::size_t i = 0; i < count; ++i) {
        body.raw(R"(<th scope="col" class="number">)");
        body.add(repository_name(of.repositories[i].name)).raw("</th>");
    }
    body.raw("</tr></thead>\n<tbody>");
    for (std::size_t row = 0; row < count; ++row) {
        body.raw(R"(<tr><th scope="row">)").add(repository_name(of.repositories[row].name));
        body.raw("</th>");
        for (std::size_t column = 0; column < count; ++column) {
            auto const all = of.shared_stars[row][row];
            body.add(field(of.shared_stars[row][column], all, row == column));
        }
        body.raw("</tr>\n");
    }
    body.raw("</tbody>");
    markup caption{"People who starred both repositories"};
    if (of.repositories.size() > count)
        caption.raw(" (the ").count(static_cast<std::int64_t>(count)).raw(" with the most stars)");
    return scrolling_table{"overlap-matrix", caption, body, false}.drawn();
}

}  // namespace conductor::workers::report
