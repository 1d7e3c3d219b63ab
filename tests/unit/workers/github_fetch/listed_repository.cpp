#include "listed_repository.hpp"

#include <github_fetch/list_job.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace conductor::workers::github::test {
namespace {

namespace json = boost::json;

json::object user_of(std::int64_t person) {
    return {{"login", "person-" + std::to_string(person)}, {"id", person}, {"type", "User"}};
}

json::object fork_of(std::int64_t person) {
    return {{"id", 1000 + person},
            {"full_name", "person-" + std::to_string(person) + "/conductor"},
            {"owner", user_of(person)},
            {"created_at", at_second(person)}};
}

json::object edge_of(std::int64_t person) {
    return {{"starredAt", at_second(person)},
            {"node", {{"databaseId", person}, {"login", "person-" + std::to_string(person)}}}};
}

page_links links(std::int64_t page, std::int64_t last) {
    if (page >= last) return {};
    return {.next = page + 1, .last = last};
}

}  // namespace

listed_repository listed_repository::with(std::int64_t count, std::int64_t per_page) {
    listed_repository made{.per_page = per_page};
    made.people.resize(static_cast<std::size_t>(count));
    std::iota(made.people.begin(), made.people.end(), 1);
    return made;
}

github_answer listed_repository::answer(fetch_step const& step) {
    ++requests;
    switch (step.where) {
        case endpoint::repository: return repository();
        case endpoint::stargazers: return stars(step.page);
        case endpoint::forks: return forks(step.page);
        case endpoint::graphql: return graphql(step.after);
        default: throw std::logic_error{"asked for what this repository does not know"};
    }
}

github_answer listed_repository::repository() const {
    return {json::object{{"id", 77},
                         {"full_name", "netflix/conductor"},
                         {"stargazers_count", std::ssize(people) + count_error},
                         {"forks_count", 5}}};
}

github_answer listed_repository::stars(std::int64_t page) const {
    json::array rows;
    for (std::int64_t row = (page - 1) * per_page; row < page * per_page; ++row) {
        bool const is_there = row < std::ssize(people) && page <= pages_max;
        if (is_there) rows.push_back(row_of(people[static_cast<std::size_t>(row)]));
    }
    github_answer made{std::move(rows)};
    std::int64_t const last = (std::ssize(people) + per_page - 1) / per_page;
    made.links = links(page, last);
    if (std::ssize(people) > per_page) made.repository_id = 77;
    made.etag = "\"page " + std::to_string(page) + "\"";
    return made;
}

github_answer listed_repository::forks(std::int64_t page) const {
    json::array rows;
    for (std::int64_t row = (page - 1) * per_page; row < page * per_page; ++row) {
        if (row >= std::ssize(people)) break;
        rows.push_back(fork_of(people[people.size() - 1 - static_cast<std::size_t>(row)]));
    }
    github_answer made{std::move(rows)};
    made.links = links(page, (std::ssize(people) + per_page - 1) / per_page);
    return made;
}

// A cursor is the last person read: rows that vanish move nothing.
github_answer listed_repository::graphql(std::string const& after) const {
    std::int64_t const behind = after.empty() ? 1'000'000 : std::stoll(after);
    json::array edges;
    bool more = false;
    for (auto person = people.rbegin(); person != people.rend(); ++person) {
        if (*person >= behind) continue;
        more = std::ssize(edges) == per_page;
        if (more) break;
        edges.push_back(edge_of(*person));
    }
    json::value end = nullptr;
    if (!edges.empty()) end = std::to_string(edges.back().at("node").at("databaseId").as_int64());
    return {json::object{
        {"data",
         {{"repository",
           {{"databaseId", 77},
            {"nameWithOwner", "netflix/conductor"},
            {"stargazerCount", std::ssize(people) + count_error},
            {"forkCount", 5},
            {"stargazers",
             {{"edges", edges}, {"pageInfo", {{"hasNextPage", more}, {"endCursor", end}}}}}}}}}}};
}

bool listed_repository::answer_one(fetch_job& job) {
    auto const step = job.next().front();
    return job.take(step, answer(step)).has_value();
}

bool listed_repository::finish(fetch_job& job) {
    while (!job.next().empty())
        if (!answer_one(job)) return false;
    return true;
}

std::vector<std::int64_t> listed_repository::read(row_source& source) {
    std::vector<std::int64_t> found;
    for (auto steps = source.next(1); !steps.empty(); steps = source.next(1)) {
        auto const page = source.take(answer(steps.front()));
        if (page.has_error()) throw std::runtime_error{page.error().message};
        for (auto const& one : page->rows) found.push_back(one.user->id);
    }
    return found;
}

fetch_input walk_input(std::int64_t star_offset, std::int64_t per_page) {
    fetch_input in;
    in.account = "netflix";
    in.name = "conductor";
    in.token = secret{"k3y"};
    in.star_offset = star_offset;
    in.pages.per_page = per_page;
    return in;
}

json::object walk(listed_repository& github, fetch_input const& in) {
    list_job job{in, {}};
    if (!github.finish(job)) throw std::runtime_error{"an answer was not taken"};
    return job.output({});
}

std::vector<std::int64_t> loop(listed_repository& github, fetch_input in) {
    std::vector<std::int64_t> found;
    if (!in.max_items) in.max_pages = 1;
    for (int task = 0; task < 100; ++task) {
        auto const output = walk(github, in);
        for (auto const person : people_of(output)) found.push_back(person);
        auto const& next = output.at("next_cursor");
        if (next.is_null() != output.at("complete").as_bool()) break;
        if (next.is_null()) return found;
        in.cursor = parse_cursor(std::string_view{next.as_string()});
    }
    throw std::runtime_error{"the loop does not end as it should"};
}

std::vector<std::int64_t> people_of(json::object const& output, std::string_view rows) {
    std::vector<std::int64_t> people;
    for (auto const& row : output.at(rows).as_array())
        people.push_back(row.at("user").at("id").as_int64());
    return people;
}

std::vector<std::int64_t> down(std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> numbers;
    for (std::int64_t number = from; number >= to; --number) numbers.push_back(number);
    return numbers;
}

json::object row_of(std::int64_t person) {
    return {{"starred_at", at_second(person)}, {"user", user_of(person)}};
}

std::string at_second(std::int64_t second) {
    return format_instant(instant{std::chrono::seconds{second}});
}

}  // namespace conductor::workers::github::test
