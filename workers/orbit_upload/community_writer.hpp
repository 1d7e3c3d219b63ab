#pragma once

#include <orbit_upload/community_activity.hpp>
#include <sqlite/database.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers {

/** @brief Writes activities of one workspace into the community database, inside a transaction of
 *  the caller's. */
class community_writer {
public:
    /** @brief Prepares its statements; the schema must be there.
     *  @param on   Must outlive the writer.
     *  @param now  The present, as `community_time()` writes it.
     *  @par Errors  SQLite's. */
    static result<community_writer> prepare(sqlite::database& on, std::string workspace,
                                            std::string now);

    /** @brief Adds an activity with its person and repository.
     *  @return Whether it is new.
     *  @par Errors  SQLite's. */
    result<bool> add(community_activity const& activity);
    /** @brief Adds to the counts of a workflow's run.
     *  @par Errors  SQLite's. */
    result<void> note_run(std::string_view workflow_id, std::vector<bool> const& created);

private:
    using row_id = std::optional<std::int64_t>;

    community_writer(sqlite::database& on, std::string workspace, std::string now);
    result<row_id> person(std::optional<activity_person> const& who);
    result<row_id> numbered_person(activity_person const& who);
    result<row_id> insert_person(activity_person const& who);
    result<row_id> repository(std::optional<activity_repository> const& what);
    result<row_id> numbered_repository(activity_repository const& what);
    result<row_id> insert_repository(activity_repository const& what);

    sqlite::database* on_;
    std::string workspace_;
    std::string now_;
    std::vector<sqlite::statement> statements_;
};

}  // namespace conductor::workers
