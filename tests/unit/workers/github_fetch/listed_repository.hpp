#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/github_answer.hpp>
#include <github_fetch/row_source.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers::github::test {

/** @brief A repository that answers the steps of a job as GitHub does, without a socket. The person
 *  number `n` starred at second `n`, and forked as repository `1000 + n`. */
struct listed_repository {
    /** @brief The people, in the order of their stars. */
    std::vector<std::int64_t> people{};
    /** @brief Rows on a page. */
    std::int64_t per_page = 100;
    /** @brief What the repository says beyond its true number of stars, as a stale count does. */
    std::int64_t count_error = 0;
    /** @brief The last page that the list of stars shows; those behind it are empty. */
    std::int64_t pages_max = 1'000'000;
    /** @brief How many requests it has answered. */
    int requests = 0;

    /** @brief With the people 1 to `count`. */
    static listed_repository with(std::int64_t count, std::int64_t per_page = 100);

    /** @brief Someone stars. */
    void star(std::int64_t person) { people.push_back(person); }
    /** @brief Someone takes the star back. */
    void unstar(std::int64_t person) { std::erase(people, person); }

    /** @brief The answer to a step. */
    github_answer answer(fetch_step const& step);
    /** @brief Answers all steps of a job; whether it took them all. */
    bool finish(fetch_job& job);
    /** @brief Answers the first step of a job; whether it took it. */
    bool answer_one(fetch_job& job);
    /** @brief Answers all steps of a source, and gives the rows in the order in which they came. */
    std::vector<std::int64_t> read(row_source& source);

private:
    github_answer repository() const;
    github_answer stars(std::int64_t page) const;
    github_answer forks(std::int64_t page) const;
    github_answer graphql(std::string const& after) const;
};

/** @brief The input of a walk over the stars of `netflix/conductor`. */
fetch_input walk_input(std::int64_t star_offset, std::int64_t per_page = 100);

/** @brief The instant of that number of seconds. */
inline instant second(std::int64_t number) { return instant{std::chrono::seconds{number}}; }

/** @brief The output of a walk, from its first request to its end. */
boost::json::object walk(listed_repository& github, fetch_input const& in);

/** @brief The people that a DO_WHILE over tasks of one page each finds, or of `max_items` where the
 *  input has it, as a workflow makes it. */
std::vector<std::int64_t> loop(listed_repository& github, fetch_input in);

/** @brief The people of an output's rows, in order. */
std::vector<std::int64_t> people_of(boost::json::object const& output,
                                    std::string_view rows = "stargazers");

/** @brief The numbers from `from` down to `to`. */
std::vector<std::int64_t> down(std::int64_t from, std::int64_t to);

/** @brief `{starred_at, user}` of a person. */
boost::json::object row_of(std::int64_t person);

/** @brief The time of a second since 1970, as GitHub writes it. */
std::string at_second(std::int64_t second);

}  // namespace conductor::workers::github::test
