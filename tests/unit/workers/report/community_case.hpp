#pragma once

#include <community/community_schema.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

namespace conductor::test {

/** @brief A community database that a test fills by SQL. */
class community_case {
public:
    /** @brief An empty one.
     *  @param file  Where; without one, in memory. */
    explicit community_case(std::string const& file = ":memory:") : database_(opened(file)) {
        require(workers::prepare_community_schema(database_));
    }

    /** @brief The database. */
    sqlite::database& database() { return database_; }

    /** @brief Runs statements, which must succeed. */
    void run(std::string const& sql) { require(database_.execute(sql)); }

    /** @brief Adds repositories and people: a/one and b/two, ann, bob and cat, by ids from 1. */
    void add_people() {
        run("INSERT INTO repositories (id, github_id, full_name, first_seen) VALUES"
            " (1, 11, 'a/one', ''), (2, 22, 'b/two', '');"
            "INSERT INTO people (id, source, uid, login, first_seen) VALUES"
            " (1, 'github', '101', 'ann', ''), (2, 'github', '102', 'bob', ''),"
            " (3, 'github', '103', 'cat', '')");
    }

    /** @brief Adds an activity to a workspace.
     *  @param values  person_id, repository_id, type, occurred_at and loaded_at, as SQL. */
    void add(std::string const& workspace, std::string const& key, std::string const& values) {
        run("INSERT INTO activities (person_id, repository_id, type, occurred_at, loaded_at,"
            " workspace, key) VALUES (" +
            values + ", '" + workspace + "', '" + key + "')");
    }

private:
    static sqlite::database opened(std::string const& file) {
        auto made =
            sqlite::database::open(file, sqlite::access::read_write, std::chrono::milliseconds{0});
        if (!made) throw std::runtime_error(made.error().message());
        return *std::move(made);
    }

    static void require(result<void> const& done) {
        if (!done) throw std::runtime_error(done.error().message());
    }

    sqlite::database database_;
};

}  // namespace conductor::test
