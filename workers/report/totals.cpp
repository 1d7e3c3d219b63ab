#include <report/totals.hpp>

#include <report/chart.hpp>
#include <report/github_link.hpp>
#include <report/scrolling_table.hpp>

namespace conductor::workers::report {
namespace {

// One large number with its name, and a line about it.
markup headline(std::string_view name, std::int64_t number, markup const& note) {
    markup made{"<div><dt>"};
    made.raw(name).raw("</dt><dd><span class=\"large\">").count(number).raw("</span>");
    if (!note.str().empty()) made.raw(" <span class=\"note\">").add(note).raw("</span>");
    return made.raw("</dd></div>\n");
}

markup lately_note(community const& of, activity_kind kind) {
    auto const span = span_of(of);
    if (!span) return {};
    return markup{"+"}
        .count(count_lately(of, kind, span->second))
        .raw(" in the last ")
        .count(lately.count())
        .raw(" days");
}

markup numbers(std::string_view cell, auto const&... number) {
    markup made;
    auto const add = [&](std::int64_t one) {
        made.raw("<").raw(cell).raw(R"( class="number">)").count(one).raw("</").raw(cell).raw(">");
    };
    (add(number), ...);
    return made;
}

markup row(repository const& one) {
    markup made{R"(<tr><th scope="row">)"};
    made.add(repository_link(one.name)).raw("</th>");
    made.add(numbers("td", one.of(activity_kind::star).total, one.of(activity_kind::fork).total,
                     one.of(activity_kind::contributor).total, one.people));
    return made.raw("</tr>\n");
}

}  // namespace

std::int64_t count_lately(community const& of, activity_kind kind, std::chrono::sys_days until) {
    std::int64_t count = 0;
    for (auto const& one : of.repositories) {
        for (auto const& day : one.of(kind).days)
            if (day.day > until - lately && day.day <= until) count += day.count;
    }
    return count;
}

std::int64_t count_of(community const& of, activity_kind kind) {
    std::int64_t count = 0;
    for (auto const& one : of.repositories) count += one.of(kind).total;
    return count;
}

markup headline_numbers(community const& of) {
    using enum activity_kind;
    auto const repositories = static_cast<std::int64_t>(of.repositories.size());
    markup made{"<dl class=\"headlines\">\n"};
    made.add(headline("People", of.people,
                      markup{"in "}
                          .count(repositories)
                          .raw(repositories == 1 ? " repository" : " repositories")));
    made.add(headline("Stars", count_of(of, star), lately_note(of, star)));
    made.add(headline("Forks", count_of(of, fork), lately_note(of, fork)));
    made.add(headline("Contributors", count_of(of, contributor), {}));
    if (repositories > 1) {
        made.add(headline(
            "Starred more than one", of.shared_people_count,
            markup{}.raw(per_cent(of.shared_people_count, of.people)).raw(" % of the people")));
    }
    return made.raw("</dl>\n");
}

markup repository_totals(community const& of) {
    using enum activity_kind;
    markup body{R"(<thead><tr><th scope="col">Repository</th>)"};
    for (std::string_view const name : {"Stars", "Forks", "Contributors", "People"})
        body.raw(R"(<th scope="col" class="number">)").raw(name).raw("</th>");
    body.raw("</tr></thead>\n<tbody>");
    for (auto const& one : of.repositories) body.add(row(one));
    body.raw("</tbody>");
    if (of.repositories.size() > 1) {
        body.raw(R"(<tfoot><tr><th scope="row">All repositories</th>)");
        body.add(numbers("td", count_of(of, star), count_of(of, fork), count_of(of, contributor),
                         of.people));
        body.raw("</tr></tfoot>");
    }
    return scrolling_table{"repository-totals", markup{"People by repository and activity"}, body,
                           false}
        .drawn();
}

}  // namespace conductor::workers::report
