#include <report/page.hpp>

#include <report/chart.hpp>
#include <report/kind_section.hpp>
#include <report/markup.hpp>
#include <report/overlap_matrix.hpp>
#include <report/people_tables.hpp>
#include <report/style_sheet.hpp>
#include <report/totals.hpp>

#include <algorithm>

namespace conductor::workers::report {
namespace {

constexpr std::size_t title_repositories_max = 3;

// What nobody needs to load from elsewhere: the page's icon, a star.
constexpr std::string_view icon =
    "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
    "viewBox='0 0 16 16'%3E%3Cpath fill='%230b66c3' d='M8 1l2.2 4.6 5 .7-3.6 3.5.9 5L8 12.4 3.5 "
    "14.8l.9-5L.8 6.3l5-.7z'/%3E%3C/svg%3E\">\n";

// "a/b, c/d, e/f and 4 more"
markup repositories_in_brief(community const& of) {
    auto const count = of.repositories.size();
    auto const shown = std::min(count, title_repositories_max);
    markup made;
    for (std::size_t i = 0; i < shown; ++i) {
        bool const is_last = i + 1 == shown && shown == count && count > 1;
        made.raw(i == 0 ? "" : is_last ? " and " : ", ").text(of.repositories[i].name);
    }
    if (shown < count)
        made.raw(" and ").count(static_cast<std::int64_t>(count - shown)).raw(" more");
    return made;
}

markup title(community const& of) {
    if (of.repositories.empty()) return markup{"Community report"};
    return markup{"Community of "}.add(repositories_in_brief(of));
}

markup head(community const& of) {
    markup made{"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"};
    made.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; img-src data:\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    made.add(title(of)).raw("</title>\n").raw(icon);
    return made.raw("<style>").raw(style_sheet()).raw("</style>\n</head>\n");
}

// From when to when, and how fresh it is.
markup span(community const& of) {
    markup made{"<p class=\"span\">"};
    if (auto const days = span_of(of)) {
        auto const first = format_day(days->first);
        auto const last = format_day(days->second);
        made.raw("Activity from <time>").raw(first).raw("</time> to <time>").raw(last);
        made.raw("</time>. ");
    }
    if (of.loaded_until.empty()) return made.raw("Nothing has been loaded yet.</p>\n");
    return made.raw("Loaded until <time>").text(of.loaded_until).raw("</time>.</p>\n");
}

markup navigation(bool compares) {
    markup made{"<nav aria-label=\"Contents\"><ul>\n"};
    made.raw(
        "<li><a href=\"#numbers\">Numbers</a></li>\n"
        "<li><a href=\"#stars\">Stars</a></li>\n"
        "<li><a href=\"#forks\">Forks</a></li>\n"
        "<li><a href=\"#contributors\">Contributors</a></li>\n"
        "<li><a href=\"#newest\">Newest people</a></li>\n");
    if (compares) made.raw("<li><a href=\"#overlap\">Overlap</a></li>\n");
    return made.raw("</ul></nav>\n");
}

markup numbers(community const& of) {
    return markup{"<section aria-labelledby=\"numbers\"><h2 id=\"numbers\">Numbers</h2>\n"}
        .add(headline_numbers(of))
        .add(repository_totals(of))
        .raw("</section>\n");
}

markup newest(community const& of) {
    markup made{"<section aria-labelledby=\"newest\"><h2 id=\"newest\">Newest people</h2>\n"};
    if (of.newest.empty() && of.newest_contributors.empty())
        made.raw("<p>There is nobody yet.</p>\n");
    made.raw("<div class=\"pair\">\n");
    if (!of.newest.empty()) made.add(newest_people(of));
    if (!of.newest_contributors.empty()) made.add(newest_contributors(of));
    return made.raw("</div>\n</section>\n");
}

markup overlap(community const& of) {
    markup made{"<section aria-labelledby=\"overlap\"><h2 id=\"overlap\">Overlap</h2>\n"};
    made.raw(
        "<p>Read along a row: of those who starred its repository, so many also starred the "
        "column's. Where the two are the same, it is all who starred it.</p>\n");
    made.add(overlap_matrix(of));
    if (of.shared_people.empty())
        return made.raw("<p>Nobody starred more than one repository.</p>\n</section>\n");
    return made.add(shared_people(of)).raw("</section>\n");
}

markup footer(community const& of) {
    markup made{
        "<footer>\n<p>A person counts once for each repository and kind of activity, in "
        "however many workspaces that was loaded. Whoever took a star back still counts. "
        "Days are in UTC.</p>\n"};
    if (of.undated > 0) {
        made.raw("<p>")
            .count(of.undated)
            .raw(" have no readable date: they are in no chart.</p>\n");
    }
    if (of.others > 0) {
        made.raw("<p>Not shown: ").count(of.others);
        made.raw(" activities of another type, or of no repository.</p>\n");
    }
    return made.raw("</footer>\n");
}

markup content(community const& of) {
    if (of.repositories.empty()) {
        return markup{
            "<p>The database holds no activity of a repository yet. It fills when a "
            "workflow loads into it.</p>\n"};
    }
    markup made = numbers(of);
    for (auto const kind : activity_kinds) made.add(kind_section(of, kind));
    made.add(newest(of));
    if (of.repositories.size() > 1) made.add(overlap(of));
    return made;
}

}  // namespace

std::string render_page(community const& of) {
    markup made = head(of);
    made.raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>\n<h1>");
    made.add(title(of)).raw("</h1>\n").add(span(of));
    if (!of.repositories.empty()) made.add(navigation(of.repositories.size() > 1));
    made.raw("</header>\n<main id=\"main\" tabindex=\"-1\">\n").add(content(of)).raw("</main>\n");
    made.add(footer(of)).raw("</body>\n</html>\n");
    return made.str();
}

}  // namespace conductor::workers::report
