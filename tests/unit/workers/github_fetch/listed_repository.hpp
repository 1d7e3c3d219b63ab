#pragma once

#include <github_fetch/fetch_job.hpp>
#include <github_fetch/github_answer.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace conductor::workers::github::test {

/** @brief A repository that answers the steps of a job as GitHub does, without a socket. The person
 *  number `n` starred at second `n`. */
struct listed_repository {
    /** @brief The people, in the order of their stars. */
    std::vector<std::int64_t> people{};
    /** @brief Rows on a page. */
    std::int64_t per_page = 100;
    /** @brief What the repository says beyond its true number of stars, as a stale count does. */
    std::int64_t count_error = 0;
    /** @brief How many requests it has answered. */
    int requests = 0;

    /** @brief With the people 1 to `count`. */
    static listed_repository with(std::int64_t count, std::int64_t per_page = 100);

    /** @brief Someone stars. */
    void star(std::int64_t person) { people.push_back(person); }
    /** @brief Someone takes the star back. */
    void unstar(std::int64_t person) { std::erase(people, person); }

    /** @brief The answer to a step. */
    github_answer answer(fetch_step step);
    /** @brief Answers all steps of a job; whether it took them all. */
    bool finish(fetch_job& job);
};

/** @brief The people of an output's `stargazers`, in order. */
std::vector<std::int64_t> people_of(boost::json::object const& output);

/** @brief The numbers from `from` down to `to`. */
std::vector<std::int64_t> down(std::int64_t from, std::int64_t to);

/** @brief `{starred_at, user}` of a person. */
boost::json::object row_of(std::int64_t person);

}  // namespace conductor::workers::github::test
