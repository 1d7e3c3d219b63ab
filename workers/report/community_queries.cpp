#include <report/community_queries.hpp>

#include <community/community_schema.hpp>
#include <contract/instant.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace conductor::workers::report {
namespace {

// One row for each (person, repository, kind), whatever the number of workspaces: the first time.
// An activity without a person has only its key to tell it from others.
constexpr auto make_facts = R"sql(
CREATE TEMP TABLE facts AS
    SELECT repository_id AS repository, person_id AS person, min(occurred_at) AS at,
        CASE type WHEN 'star:created' THEN 0 WHEN 'fork:created' THEN 1 ELSE 2 END AS kind
    FROM main.activities
    WHERE type IN ('star:created', 'fork:created', 'contributor:created')
        AND repository_id IN (SELECT id FROM main.repositories)
    GROUP BY repository_id, type, person_id, CASE WHEN person_id IS NULL THEN key END;
CREATE INDEX temp.facts_by_person ON facts (kind, person, repository);
CREATE TEMP VIEW shown_people AS
    SELECT id, coalesce(login, 'account ' || uid, '') AS name, lower(login) AS sorting,
        login IS NOT NULL AND source = 'github' AS on_github
    FROM main.people;
)sql";

constexpr std::string_view repository_rows = R"sql(
SELECT r.id, coalesce(r.full_name, 'repository ' || r.github_id, 'unnamed repository ' || r.id),
    count(f.kind) FILTER (WHERE f.kind = 0) AS stars,
    count(f.kind) FILTER (WHERE f.kind = 1) AS forks,
    count(f.kind) FILTER (WHERE f.kind = 2) AS contributors,
    count(DISTINCT f.person)
FROM main.repositories r LEFT JOIN temp.facts f ON f.repository = r.id
GROUP BY r.id ORDER BY stars DESC, forks DESC, contributors DESC, lower(r.full_name), r.id
)sql";

constexpr std::string_view day_rows = R"sql(
SELECT repository, kind, substr(at, 1, 10) AS day, count(*)
FROM temp.facts GROUP BY repository, kind, day ORDER BY day
)sql";

constexpr std::string_view overlap_rows = R"sql(
SELECT a.repository, b.repository, count(*)
FROM temp.facts a JOIN temp.facts b ON b.kind = 0 AND b.person = a.person
WHERE a.kind = 0 AND a.repository <> b.repository GROUP BY a.repository, b.repository
)sql";

constexpr std::string_view shared_count = R"sql(
SELECT count(*) FROM (SELECT 1 FROM temp.facts WHERE kind = 0 AND person IS NOT NULL
                      GROUP BY person HAVING count(*) > 1)
)sql";

constexpr std::string_view shared_rows = R"sql(
WITH shared AS (
    SELECT p.id, p.name, p.on_github, p.sorting, count(*) AS stars
    FROM temp.facts f JOIN temp.shown_people p ON p.id = f.person
    WHERE f.kind = 0 GROUP BY p.id HAVING count(*) > 1
    ORDER BY stars DESC, p.sorting, p.id LIMIT ?1)
SELECT s.name, s.on_github, s.id, f.repository
FROM shared s JOIN temp.facts f ON f.kind = 0 AND f.person = s.id
ORDER BY s.stars DESC, s.sorting, s.id
)sql";

constexpr std::string_view newest_rows = R"sql(
SELECT p.name, p.on_github, f.kind, f.at, f.repository
FROM temp.facts f LEFT JOIN temp.shown_people p ON p.id = f.person
WHERE (f.kind = 2) = ?1
ORDER BY f.at DESC, p.sorting, f.person, f.repository, f.kind LIMIT ?2
)sql";

constexpr std::string_view last_load = R"sql(
SELECT max(at) FROM (SELECT max(loaded_at) AS at FROM main.activities
                     UNION ALL SELECT max(finished_at) FROM main.runs)
)sql";

constexpr std::string_view other_activities = R"sql(
SELECT count(DISTINCT key) FROM main.activities
WHERE type IS NULL OR type NOT IN ('star:created', 'fork:created', 'contributor:created')
    OR repository_id IS NULL OR repository_id NOT IN (SELECT id FROM main.repositories)
)sql";

// Everything is read in one transaction; with its end the temporary tables go as well.
class snapshot {
public:
    explicit snapshot(sqlite::database& of) : of_(&of) {}
    snapshot(snapshot const&) = delete;
    snapshot& operator=(snapshot const&) = delete;
    ~snapshot() { static_cast<void>(of_->execute("ROLLBACK")); }

private:
    sqlite::database* of_;
};

// Each of these reads one part of the model. `indexes` leads from a repository's id to its place.
class reader {
public:
    explicit reader(sqlite::database& from) : from_(&from) {}

    result<community> read(list_limits limits) {
        auto done = repositories();
        if (done) done = days();
        if (done) done = overlap();
        if (done) done = shared_people(limits.shared_people);
        if (done) done = newest(read_.newest, false, limits.newest);
        if (done) done = newest(read_.newest_contributors, true, limits.newest);
        if (done) done = numbers();
        return done ? result<community>{std::move(read_)} : done.error();
    }

private:
    // Calls `take` for each row of a statement.
    template <class Take>
    result<void> each(result<sqlite::statement> asked, Take take) {
        if (!asked) return asked.error();
        for (;;) {
            auto const row = asked->next();
            if (!row) return row.error();
            if (!*row) return {};
            take(*asked);
        }
    }

    std::size_t index_of(sqlite::statement const& row, int column) const {
        return indexes_.at(row.number(column));
    }

    static person person_of(sqlite::statement const& row) {
        return {std::string{row.text(0)}, row.number(1) != 0};
    }

    result<void> repositories();
    result<void> days();
    result<void> overlap();
    result<void> shared_people(std::int64_t limit);
    result<void> newest(std::vector<event>& to, bool contributors, std::int64_t limit);
    result<void> numbers();

    sqlite::database* from_;
    std::map<std::int64_t, std::size_t> indexes_;
    community read_;
};

result<void> reader::repositories() {
    return each(from_->prepare(repository_rows), [&](sqlite::statement const& row) {
        indexes_[row.number(0)] = read_.repositories.size();
        repository one{.name = std::string{row.text(1)}, .people = row.number(5)};
        for (std::size_t kind = 0; kind < one.kinds.size(); ++kind)
            one.kinds[kind].total = row.number(2 + static_cast<int>(kind));
        read_.repositories.push_back(std::move(one));
    });
}

result<void> reader::days() {
    return each(from_->prepare(day_rows), [&](sqlite::statement const& row) {
        auto const at = parse_instant(std::string{row.text(2)} + "T00:00:00Z");
        if (!at) {
            read_.undated += row.number(3);
            return;
        }
        auto const kind = static_cast<std::size_t>(row.number(1));
        auto& days = read_.repositories[index_of(row, 0)].kinds[kind].days;
        days.push_back({std::chrono::floor<std::chrono::days>(*at), row.number(3)});
    });
}

result<void> reader::overlap() {
    auto const count = read_.repositories.size();
    read_.shared_stars.assign(count, std::vector<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i)
        read_.shared_stars[i][i] = read_.repositories[i].of(activity_kind::star).total;
    return each(from_->prepare(overlap_rows), [&](sqlite::statement const& row) {
        read_.shared_stars[index_of(row, 0)][index_of(row, 1)] = row.number(2);
    });
}

result<void> reader::shared_people(std::int64_t limit) {
    auto asked = from_->prepare(shared_rows);
    if (asked) asked->bind(1, limit);
    std::optional<std::int64_t> last;
    auto done = each(std::move(asked), [&](sqlite::statement const& row) {
        if (last != row.number(2)) read_.shared_people.push_back({person_of(row), {}});
        last = row.number(2);
        read_.shared_people.back().starred.push_back(index_of(row, 3));
    });
    for (auto& one : read_.shared_people) std::ranges::sort(one.starred);
    return done;
}

result<void> reader::newest(std::vector<event>& to, bool contributors, std::int64_t limit) {
    auto asked = from_->prepare(newest_rows);
    if (asked) asked->bind(1, std::int64_t{contributors}).bind(2, limit);
    return each(std::move(asked), [&](sqlite::statement const& row) {
        to.push_back({person_of(row), static_cast<activity_kind>(row.number(2)),
                      std::string{row.text(3)}, index_of(row, 4)});
    });
}

result<void> reader::numbers() {
    struct number {
        std::string_view asked;
        std::int64_t* to;
    };
    for (auto const& [asked, to] :
         {number{"SELECT count(DISTINCT person) FROM temp.facts", &read_.people},
          number{shared_count, &read_.shared_people_count},
          number{other_activities, &read_.others}}) {
        auto const read = from_->number(asked);
        if (!read) return read.error();
        *to = *read;
    }
    return each(from_->prepare(last_load), [&](sqlite::statement const& row) {
        read_.loaded_until = std::string{row.text(0)};
    });
}

}  // namespace

result<community> read_community(sqlite::database& from, list_limits limits) {
    if (auto const known = check_community_schema(from); !known) return known.error();
    // For a connection that only reads, the temporary table must not become a file.
    if (auto const begun = from.execute("PRAGMA temp_store = MEMORY; BEGIN"); !begun)
        return begun.error();
    snapshot const whole{from};
    if (auto const made = from.execute(make_facts); !made) return made.error();
    return reader{from}.read(limits);
}

}  // namespace conductor::workers::report
