#include <community/community_schema.hpp>

#include <string>

namespace conductor::workers {
namespace {

constexpr auto tables = R"sql(
CREATE TABLE people (
    id          INTEGER PRIMARY KEY,
    source      TEXT NOT NULL,  -- where the account is: github
    uid         TEXT,           -- the account's number there, which outlives a change of name
    login       TEXT,           -- its name as it was seen last
    first_seen  TEXT NOT NULL
);
CREATE UNIQUE INDEX people_by_uid ON people (source, uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX people_by_login ON people (source, lower(login)) WHERE uid IS NULL;
CREATE INDEX people_by_any_login ON people (source, lower(login));

CREATE TABLE repositories (
    id          INTEGER PRIMARY KEY,
    github_id   INTEGER UNIQUE,  -- GitHub's number of it, which outlives a change of name
    full_name   TEXT,            -- owner/name as it was seen last
    first_seen  TEXT NOT NULL
);
CREATE INDEX repositories_by_name ON repositories (lower(full_name));
CREATE UNIQUE INDEX repositories_without_number ON repositories (lower(full_name))
    WHERE github_id IS NULL;

CREATE TABLE activities (
    id             INTEGER PRIMARY KEY,
    workspace      TEXT NOT NULL,
    key            TEXT NOT NULL,
    type           TEXT,           -- star:created, fork:created, contributor:created, …
    title          TEXT,
    link           TEXT,
    occurred_at    TEXT NOT NULL,  -- ISO 8601, UTC
    person_id      INTEGER REFERENCES people (id),
    repository_id  INTEGER REFERENCES repositories (id),
    loaded_at      TEXT NOT NULL,
    UNIQUE (workspace, key)
);
CREATE INDEX activities_by_time ON activities (workspace, occurred_at);
CREATE INDEX activities_by_person ON activities (person_id, repository_id);
CREATE INDEX activities_by_repository ON activities (repository_id, type, occurred_at);

CREATE TABLE runs (
    id           INTEGER PRIMARY KEY,
    workflow_id  TEXT NOT NULL,
    workspace    TEXT NOT NULL,
    started_at   TEXT NOT NULL,  -- of its first batch
    finished_at  TEXT NOT NULL,  -- of its last batch so far
    created      INTEGER NOT NULL,
    duplicates   INTEGER NOT NULL,
    UNIQUE (workflow_id, workspace)
);
)sql";

// A star is in its repository's workspace and may be in a common one as well: it counts once.
constexpr auto views = R"sql(
CREATE VIEW activity_list AS
    SELECT a.occurred_at, a.workspace, a.type, p.login, r.full_name, a.title, a.link, a.key
    FROM activities a
        LEFT JOIN people p ON p.id = a.person_id
        LEFT JOIN repositories r ON r.id = a.repository_id;

CREATE VIEW stars_per_day AS
    SELECT r.full_name, substr(a.occurred_at, 1, 10) AS day, count(DISTINCT a.key) AS stars
    FROM activities a JOIN repositories r ON r.id = a.repository_id
    WHERE a.type = 'star:created'
    GROUP BY r.id, day;

CREATE VIEW starred_more_than_one AS
    SELECT p.login, count(DISTINCT r.id) AS repositories,
        group_concat(DISTINCT r.full_name) AS full_names
    FROM activities a
        JOIN people p ON p.id = a.person_id
        JOIN repositories r ON r.id = a.repository_id
    WHERE a.type = 'star:created'
    GROUP BY p.id
    HAVING count(DISTINCT r.id) > 1;
)sql";

failure refused(sqlite::database const& on, std::string why) {
    return {.code = errc::bad_value, .detail = on.file() + ": " + std::move(why)};
}

failure newer(sqlite::database const& on, std::int64_t version) {
    return refused(on, "its schema is version " + std::to_string(version) +
                           ", and this program knows versions up to " +
                           std::to_string(community_schema_version) +
                           "; use the program that made it, or a newer one");
}

result<void> create(sqlite::database& on) {
    auto const others = on.number("SELECT count(*) FROM sqlite_master");
    if (!others) return others.error();
    if (*others != 0)
        return refused(on, "it holds the tables of something else; name another file");
    if (auto const done = on.execute(tables); !done) return done.error();
    if (auto const done = on.execute(views); !done) return done.error();
    return on.execute("PRAGMA user_version = " + std::to_string(community_schema_version));
}

}  // namespace

result<void> prepare_community_schema(sqlite::database& on) {
    auto const version = on.number("PRAGMA user_version");
    if (!version) return version.error();
    if (*version > community_schema_version) return newer(on, *version);
    return *version == community_schema_version ? result<void>{} : create(on);
}

result<void> check_community_schema(sqlite::database& on) {
    auto const version = on.number("PRAGMA user_version");
    if (!version) return version.error();
    if (*version > community_schema_version) return newer(on, *version);
    if (*version != community_schema_version) return refused(on, "it is no community database");
    return {};
}

}  // namespace conductor::workers
