#include <report/people_tables.hpp>

#include <report/github_link.hpp>
#include <report/scrolling_table.hpp>

#include <string_view>

namespace conductor::workers::report {
namespace {

std::string_view verb(activity_kind kind) {
    switch (kind) {
        case activity_kind::star: return "starred";
        case activity_kind::fork: return "forked";
        default: return "contributed to";
    }
}

// "2026-11-24T09:05:00Z" is read as "2026-11-24 09:05"; what is no such time stays as it is.
markup time_of(std::string_view when) {
    bool const is_instant = when.size() == 20 && when[10] == 'T' && when.back() == 'Z' &&
                            when.find_first_not_of("0123456789-:TZ") == std::string_view::npos;
    if (!is_instant) return markup{}.text(when);
    markup made{R"(<time datetime=")"};
    made.text(when).raw(R"(">)").text(when.substr(0, 10)).raw(" ").text(when.substr(11, 5));
    return made.raw("</time>");
}

markup who_cell(person const& who) {
    return markup{R"(<tr><th scope="row">)"}.add(person_link(who)).raw("</th>");
}

}  // namespace

markup newest_people(community const& of) {
    markup body{R"(<thead><tr><th scope="col">Who</th><th scope="col">What</th>)"};
    body.raw(R"(<th scope="col">Repository</th><th scope="col">When (UTC)</th></tr></thead>)");
    body.raw("\n<tbody>");
    for (auto const& one : of.newest) {
        body.add(who_cell(one.who)).raw("<td>").raw(verb(one.what)).raw("</td><td>");
        body.add(repository_link(of.repositories[one.where].name));
        body.raw("</td><td>").add(time_of(one.when)).raw("</td></tr>\n");
    }
    body.raw("</tbody>");
    return scrolling_table{"newest-people", markup{"Newest stars and forks"}, body}.drawn();
}

markup newest_contributors(community const& of) {
    markup body{R"(<thead><tr><th scope="col">Who</th><th scope="col">Repository</th>)"};
    body.raw(R"(<th scope="col">Known since (UTC)</th></tr></thead>)").raw("\n<tbody>");
    for (auto const& one : of.newest_contributors) {
        body.add(who_cell(one.who)).raw("<td>");
        body.add(repository_link(of.repositories[one.where].name));
        body.raw("</td><td>").add(time_of(one.when)).raw("</td></tr>\n");
    }
    body.raw("</tbody>");
    return scrolling_table{"newest-contributors", markup{"Contributors loaded last"}, body}.drawn();
}

markup shared_people(community const& of) {
    markup body{R"(<thead><tr><th scope="col">Who</th><th scope="col" class="number">Count</th>)"};
    body.raw(R"(<th scope="col">Repositories</th></tr></thead>)").raw("\n<tbody>");
    for (auto const& one : of.shared_people) {
        body.add(who_cell(one.who)).raw(R"(<td class="number">)");
        body.count(static_cast<std::int64_t>(one.starred.size())).raw("</td><td>");
        for (std::size_t i = 0; i < one.starred.size(); ++i)
            body.raw(i == 0 ? "" : ", ").add(repository_link(of.repositories[one.starred[i]].name));
        body.raw("</td></tr>\n");
    }
    body.raw("</tbody>");
    markup caption{"People who starred more than one repository"};
    if (auto const shown = static_cast<std::int64_t>(of.shared_people.size());
        shown < of.shared_people_count) {
        caption.raw(" (").count(shown).raw(" of ").count(of.shared_people_count).raw(")");
    }
    return scrolling_table{"shared-people", caption, body}.drawn();
}

}  // namespace conductor::workers::report
