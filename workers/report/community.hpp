#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/** @brief The report on the community database: what it holds, as one page of HTML. */
namespace conductor::workers::report {

/** @brief What a person does for a repository. */
enum class activity_kind : std::size_t { star, fork, contributor };

/** @brief All kinds, in the order of the page. */
inline constexpr std::array activity_kinds{activity_kind::star, activity_kind::fork,
                                           activity_kind::contributor};

/** @brief How many activities fall on a day. */
struct day_count {
    /** @brief The day, in UTC. */
    std::chrono::sys_days day{};
    /** @brief The activities. */
    std::int64_t count = 0;

    friend bool operator==(day_count const&, day_count const&) = default;
};

/** @brief The activities of one kind in one repository. */
struct kind_activity {
    /** @brief All of them, those without a readable date included. */
    std::int64_t total = 0;
    /** @brief Those of each day that has any, oldest first. */
    std::vector<day_count> days{};
};

/** @brief A repository and what people did for it. */
struct repository {
    /** @brief `owner/name`, or what else is known of it. */
    std::string name{};
    /** @brief People with an activity of any kind. */
    std::int64_t people = 0;
    /** @brief The activities, by `activity_kind`. */
    std::array<kind_activity, activity_kinds.size()> kinds{};

    /** @brief The activities of one kind. */
    kind_activity const& of(activity_kind kind) const {
        return kinds[static_cast<std::size_t>(kind)];
    }
};

/** @brief A person as the page shows them. */
struct person {
    /** @brief The login, or what else is known; may be empty. */
    std::string name{};
    /** @brief Whether `name` is a login at GitHub. */
    bool on_github = false;

    friend bool operator==(person const&, person const&) = default;
};

/** @brief What one person did for one repository. */
struct event {
    /** @brief The person. */
    person who{};
    /** @brief What they did. */
    activity_kind what = activity_kind::star;
    /** @brief When, as the database has it: ISO 8601 in UTC. */
    std::string when{};
    /** @brief The repository: an index of `community::repositories`. */
    std::size_t where = 0;
};

/** @brief A person who starred more than one repository. */
struct shared_person {
    /** @brief The person. */
    person who{};
    /** @brief The repositories: indexes of `community::repositories`, ascending. */
    std::vector<std::size_t> starred{};
};

/** @brief What the database holds. Each (person, repository, kind) counts once, in however many
 *  workspaces it is. */
struct community {
    /** @brief The repositories, those with the most stars first. */
    std::vector<repository> repositories{};
    /** @brief Who starred both of two repositories, by their indexes; the diagonal is all who
     *  starred that one. */
    std::vector<std::vector<std::int64_t>> shared_stars{};
    /** @brief People with an activity of any kind, in any repository. */
    std::int64_t people = 0;
    /** @brief People who starred more than one repository: how many. */
    std::int64_t shared_people_count = 0;
    /** @brief The first of them, those with the most repositories first. */
    std::vector<shared_person> shared_people{};
    /** @brief The newest stars and forks, newest first. */
    std::vector<event> newest{};
    /** @brief The contributors who were loaded last, newest first. */
    std::vector<event> newest_contributors{};
    /** @brief Activities of another type, or of no repository. */
    std::int64_t others = 0;
    /** @brief Activities whose time is not readable as a day: counted, and in no chart. */
    std::int64_t undated = 0;
    /** @brief When the database was last loaded into, ISO 8601 in UTC; empty for never. */
    std::string loaded_until{};
};

}  // namespace conductor::workers::report
