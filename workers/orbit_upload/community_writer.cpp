#include <orbit_upload/community_writer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace conductor::workers {
namespace {

enum query : std::size_t {
    person_by_number,
    person_without_number,
    person_by_name,
    add_person,
    change_person,
    repository_by_number,
    repository_without_number,
    repository_by_name,
    add_repository,
    change_repository,
    add_activity,
    add_run,
    query_count
};

// By the order of `query`. Of several accounts that had the same name, the one seen last has it.
constexpr std::array<std::string_view, query_count> texts{
    "SELECT id, login FROM people WHERE source = ?1 AND uid = ?2",
    "SELECT id FROM people WHERE source = ?1 AND lower(login) = lower(?2) AND uid IS NULL",
    "SELECT id FROM people WHERE source = ?1 AND lower(login) = lower(?2) "
    "ORDER BY id DESC LIMIT 1",
    "INSERT INTO people (source, uid, login, first_seen) VALUES (?1, ?2, ?3, ?4)",
    "UPDATE people SET uid = ?2, login = ?3 WHERE id = ?1",
    "SELECT id, full_name FROM repositories WHERE github_id = ?1",
    "SELECT id FROM repositories WHERE lower(full_name) = lower(?1) AND github_id IS NULL",
    "SELECT id FROM repositories WHERE lower(full_name) = lower(?1) ORDER BY id DESC LIMIT 1",
    "INSERT INTO repositories (github_id, full_name, first_seen) VALUES (?1, ?2, ?3)",
    "UPDATE repositories SET github_id = ?2, full_name = ?3 WHERE id = ?1",
    "INSERT INTO activities (workspace, key, type, title, link, occurred_at, person_id, "
    "repository_id, loaded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
    "ON CONFLICT (workspace, key) DO NOTHING",
    "INSERT INTO runs (workflow_id, workspace, started_at, finished_at, created, duplicates) "
    "VALUES (?1, ?2, ?3, ?3, ?4, ?5) ON CONFLICT (workflow_id, workspace) DO UPDATE SET "
    "finished_at = excluded.finished_at, created = created + excluded.created, "
    "duplicates = duplicates + excluded.duplicates",
};

using row_id = std::optional<std::int64_t>;

// The id of the first row; none without a row.
result<row_id> first_id(sqlite::statement& asked) {
    auto const row = asked.next();
    if (!row) return row.error();
    auto const id = *row ? row_id{asked.number(0)} : row_id{};
    asked.reset();
    return id;
}

// A row that was found by its number: its id, and the name that it has.
struct found_row {
    row_id id;
    std::string name;
};

result<found_row> first_row(sqlite::statement& asked) {
    auto const row = asked.next();
    if (!row) return row.error();
    found_row found;
    if (*row) found = {asked.number(0), std::string{asked.text(1)}};
    asked.reset();
    return found;
}

result<row_id> id_after(result<void> const& done, row_id id) {
    return done ? result<row_id>{id} : done.error();
}

}  // namespace

community_writer::community_writer(sqlite::database& on, std::string workspace, std::string now)
    : on_(&on), workspace_(std::move(workspace)), now_(std::move(now)) {}

result<community_writer> community_writer::prepare(sqlite::database& on, std::string workspace,
                                                   std::string now) {
    community_writer writer{on, std::move(workspace), std::move(now)};
    for (auto const text : texts) {
        auto prepared = on.prepare(text);
        if (!prepared) return prepared.error();
        writer.statements_.push_back(*std::move(prepared));
    }
    return writer;
}

result<bool> community_writer::add(community_activity const& activity) {
    auto const person_id = person(activity.person);
    if (!person_id) return person_id.error();
    auto const repository_id = repository(activity.repository);
    if (!repository_id) return repository_id.error();
    auto const done = statements_[add_activity]
                          .bind(1, workspace_)
                          .bind(2, activity.key)
                          .bind(3, activity.type)
                          .bind(4, activity.title)
                          .bind(5, activity.link)
                          .bind(6, activity.occurred_at)
                          .bind(7, *person_id)
                          .bind(8, *repository_id)
                          .bind(9, now_)
                          .run();
    return done ? result<bool>{on_->changes() == 1} : done.error();
}

result<void> community_writer::note_run(std::string_view workflow_id,
                                        std::vector<bool> const& created) {
    auto const count = std::count(created.begin(), created.end(), true);
    auto const others = static_cast<std::int64_t>(created.size()) - count;
    return statements_[add_run]
        .bind(1, workflow_id)
        .bind(2, workspace_)
        .bind(3, now_)
        .bind(4, std::int64_t{count})
        .bind(5, others)
        .run();
}

result<row_id> community_writer::person(std::optional<activity_person> const& who) {
    if (!who) return row_id{};
    if (who->uid) return numbered_person(*who);
    auto const found =
        first_id(statements_[person_by_name].bind(1, who->source).bind(2, who->login));
    return !found || *found ? found : insert_person(*who);
}

result<row_id> community_writer::numbered_person(activity_person const& who) {
    auto const found =
        first_row(statements_[person_by_number].bind(1, who.source).bind(2, who.uid));
    if (!found) return found.error();
    if (found->id && (!who.login || *who.login == found->name)) return found->id;
    auto id = found->id;
    if (!id) {
        // Known by name alone until now.
        auto const named =
            first_id(statements_[person_without_number].bind(1, who.source).bind(2, who.login));
        if (!named || !*named) return named ? insert_person(who) : named;
        id = *named;
    }
    auto& change = statements_[change_person];
    return id_after(change.bind(1, id).bind(2, who.uid).bind(3, who.login).run(), id);
}

result<row_id> community_writer::insert_person(activity_person const& who) {
    auto const done = statements_[add_person]
                          .bind(1, who.source)
                          .bind(2, who.uid)
                          .bind(3, who.login)
                          .bind(4, now_)
                          .run();
    return id_after(done, on_->last_id());
}

result<row_id> community_writer::repository(std::optional<activity_repository> const& what) {
    if (!what) return row_id{};
    if (what->github_id) return numbered_repository(*what);
    auto const found = first_id(statements_[repository_by_name].bind(1, what->full_name));
    return !found || *found ? found : insert_repository(*what);
}

result<row_id> community_writer::numbered_repository(activity_repository const& what) {
    auto const found = first_row(statements_[repository_by_number].bind(1, what.github_id));
    if (!found) return found.error();
    if (found->id && (!what.full_name || *what.full_name == found->name)) return found->id;
    auto id = found->id;
    if (!id) {
        auto const named = first_id(statements_[repository_without_number].bind(1, what.full_name));
        if (!named || !*named) return named ? insert_repository(what) : named;
        id = *named;
    }
    auto& change = statements_[change_repository];
    return id_after(change.bind(1, id).bind(2, what.github_id).bind(3, what.full_name).run(), id);
}

result<row_id> community_writer::insert_repository(activity_repository const& what) {
    auto const done = statements_[add_repository]
                          .bind(1, what.github_id)
                          .bind(2, what.full_name)
                          .bind(3, now_)
                          .run();
    return id_after(done, on_->last_id());
}

}  // namespace conductor::workers
