#include "listed_repository.hpp"

#include <boost/json/array.hpp>

#include <numeric>

namespace conductor::workers::github::test {

namespace json = boost::json;

listed_repository listed_repository::with(std::int64_t count, std::int64_t per_page) {
    listed_repository made{.per_page = per_page};
    made.people.resize(static_cast<std::size_t>(count));
    std::iota(made.people.begin(), made.people.end(), 1);
    return made;
}

github_answer listed_repository::answer(fetch_step step) {
    ++requests;
    auto const total = static_cast<std::int64_t>(people.size());
    if (!step.page) {
        return {json::object{{"id", 77},
                             {"full_name", "netflix/conductor"},
                             {"stargazers_count", total + count_error},
                             {"forks_count", 5}}};
    }
    json::array rows;
    for (std::int64_t row = (*step.page - 1) * per_page; row < *step.page * per_page; ++row) {
        if (row < total) rows.push_back(row_of(people[static_cast<std::size_t>(row)]));
    }
    github_answer answer{std::move(rows)};
    std::int64_t const last = (total + per_page - 1) / per_page;
    if (*step.page < last) answer.links = {.next = *step.page + 1, .last = last};
    if (total > per_page) answer.repository_id = 77;
    return answer;
}

bool listed_repository::finish(fetch_job& job) {
    while (auto const step = job.next()) {
        if (job.take(answer(*step)).has_error()) return false;
    }
    return true;
}

std::vector<std::int64_t> people_of(json::object const& output) {
    std::vector<std::int64_t> people;
    for (auto const& row : output.at("stargazers").as_array()) {
        people.push_back(row.at("user").at("id").as_int64());
    }
    return people;
}

std::vector<std::int64_t> down(std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> numbers;
    for (std::int64_t number = from; number >= to; --number) numbers.push_back(number);
    return numbers;
}

json::object row_of(std::int64_t person) {
    instant const at{std::chrono::seconds{person}};
    json::object const user{
        {"login", "person-" + std::to_string(person)}, {"id", person}, {"type", "User"}};
    return {{"starred_at", format_instant(at)}, {"user", user}};
}

}  // namespace conductor::workers::github::test
