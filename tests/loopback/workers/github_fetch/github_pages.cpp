#include "github_pages.hpp"

#include <contract/instant.hpp>
#include <support/run_coroutine.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace conductor::workers::test {
namespace {

namespace json = boost::json;
using conductor::test::http_answer;
using conductor::test::http_request;

constexpr std::string_view by_name = "/repos/netflix/conductor";
constexpr std::string_view by_former_name = "/repos/netflix/old";
constexpr std::string_view by_number = "/repositories/77";

http::headers quota() {
    return {{"X-RateLimit-Remaining", "4987"}, {"X-RateLimit-Reset", "1793500000"}};
}

std::string login_of(std::int64_t person) { return "person-" + std::to_string(person); }

std::string time_of(std::int64_t person) {
    return format_instant(instant{std::chrono::seconds{person}});
}

json::object user_of(std::int64_t person) {
    return {{"login", login_of(person)}, {"id", person}, {"type", "User"}, {"site_admin", false}};
}

json::object row_of(std::int64_t person) {
    return {{"starred_at", time_of(person)}, {"user", user_of(person)}};
}

json::object fork_of(std::int64_t person) {
    return {{"id", 1000 + person},
            {"full_name", login_of(person) + "/conductor"},
            {"owner", user_of(person)},
            {"created_at", time_of(person)}};
}

json::object edge_of(std::int64_t person) {
    return {{"starredAt", time_of(person)},
            {"node", {{"databaseId", person}, {"login", login_of(person)}}}};
}

json::object event_of(std::int64_t person) {
    return {{"type", "WatchEvent"},
            {"created_at", time_of(person)},
            {"actor", {{"id", person}, {"login", login_of(person)}}},
            {"repo", {{"id", 77}, {"name", "netflix/conductor"}}},
            {"payload", {{"action", "started"}}}};
}

std::string link(std::int64_t page, std::int64_t per_page, std::string_view relation) {
    return "<https://api.github.com/repositories/77/list?per_page=" + std::to_string(per_page) +
           "&page=" + std::to_string(page) + ">; rel=\"" + std::string{relation} + "\"";
}

std::optional<std::string_view> behind(std::string_view path, std::string_view repository) {
    if (!path.starts_with(repository)) return std::nullopt;
    return path.substr(repository.size());
}

http_answer moved(std::string_view target) {
    auto made = github_pages::error(301, "Moved Permanently");
    made.headers.set("Location",
                     std::string{by_number} + std::string{target.substr(by_former_name.size())});
    return made;
}

http_answer listed(json::array const& rows, std::int64_t number, std::int64_t per_page) {
    http_answer made{.body = json::serialize(rows), .headers = quota()};
    std::int64_t const last = (github_pages::stars + per_page - 1) / per_page;
    if (number < last) {
        made.headers.add("Link",
                         link(number + 1, per_page, "next") + ", " + link(last, per_page, "last"));
    }
    return made;
}

result<secret> default_token() { return secret{"default-token"}; }

}  // namespace

http_answer github_pages::answer(http_request const& request) {
    auto const path = request.path();
    if (path == "/graphql") return graphql(request.body);
    if (behind(path, by_former_name)) return moved(request.target);
    auto const rest = behind(path, by_name) ? behind(path, by_name) : behind(path, by_number);
    if (rest == "") return repository();
    auto const number = std::stoll(request.query("page").value_or("1"));
    auto const per_page = std::stoll(request.query("per_page").value_or("30"));
    if (rest == "/stargazers") return page(number, per_page);
    if (rest == "/forks") return forks(number, per_page);
    return error(404, "Not Found");
}

http_answer github_pages::repository() {
    json::object const body{{"id", 77},
                            {"full_name", "netflix/conductor"},
                            {"stargazers_count", stars},
                            {"forks_count", 5}};
    return {.body = json::serialize(body), .headers = quota()};
}

http_answer github_pages::page(std::int64_t number, std::int64_t per_page) {
    json::array rows;
    std::int64_t const end = std::min(number * per_page, stars);
    for (std::int64_t row = (number - 1) * per_page; row < end; ++row)
        rows.push_back(row_of(row + 1));
    return listed(rows, number, per_page);
}

http_answer github_pages::forks(std::int64_t number, std::int64_t per_page) {
    json::array rows;
    std::int64_t const end = std::min(number * per_page, stars);
    for (std::int64_t row = (number - 1) * per_page; row < end; ++row)
        rows.push_back(fork_of(stars - row));
    return listed(rows, number, per_page);
}

http_answer github_pages::graphql(std::string const& body) {
    auto const asked = json::parse(body).at("variables");
    auto const& after = asked.at("after");
    std::int64_t const from = after.is_null() ? stars : std::stoll(after.as_string().c_str()) - 1;
    std::int64_t const to = std::max<std::int64_t>(from - asked.at("first").as_int64() + 1, 1);
    json::array edges;
    for (std::int64_t person = from; person >= to; --person) edges.push_back(edge_of(person));
    json::object const list{
        {"edges", edges},
        {"pageInfo", {{"hasNextPage", to > 1}, {"endCursor", std::to_string(to)}}}};
    json::object const found{{"databaseId", 77},
                             {"nameWithOwner", "netflix/conductor"},
                             {"stargazerCount", stars},
                             {"forkCount", 5},
                             {"stargazers", list}};
    return {.body = json::serialize(json::object{{"data", {{"repository", found}}}}),
            .headers = quota()};
}

http_answer github_pages::feed(std::int64_t newest, std::int64_t oldest) {
    json::array events;
    for (std::int64_t person = newest; person >= oldest; --person)
        events.push_back(event_of(person));
    return {.body = json::serialize(events), .headers = quota()};
}

http_answer github_pages::graphql_error(std::string const& type, http::headers headers) {
    json::object const one{{"type", type}, {"message", "told"}};
    return {.body = json::serialize(json::object{{"errors", json::array{one}}}),
            .headers = std::move(headers)};
}

http_answer github_pages::error(int status, std::string const& message, http::headers headers) {
    json::object const body{{"message", message}, {"documentation_url", "https://docs.github.com"}};
    return {.status = status, .body = json::serialize(body), .headers = std::move(headers)};
}

github_bench::github_bench(conductor::test::fake_http_server::handler answer)
    : server(std::move(answer)) {
    auto source = std::make_shared<secret_source>();
    source->add("github", default_token);
    options.api_base = server.url();
    options.secrets = {.source = source, .allowed = {"github"}, .default_secret = "github"};
}

task_result github_bench::run(json::object input, json::object previous) {
    input.emplace("gh_account", "netflix");
    input.emplace("gh_repo", "conductor");
    auto const client = std::make_shared<http::client>(loop.get_executor());
    environment environment;
    environment.clock = clock;
    auto const worker = make_github_fetch(options, client, environment);
    task const task{{{"taskId", "t"},
                     {"taskType", "github_fetch"},
                     {"inputData", std::move(input)},
                     {"outputData", std::move(previous)}}};
    std::optional<time_point> deadline;
    if (response_timeout) deadline = clock->now() + *response_timeout;
    task_context context{task, stop.get_token(), deadline, clock};
    auto outcome = conductor::test::run_coroutine(
        loop, std::get<coroutine_handler>(worker.run)(task, context));
    logs = context.take_logs();
    return outcome;
}

std::vector<std::string> github_bench::targets() const {
    std::vector<std::string> targets;
    for (auto const& request : server.requests()) targets.push_back(request.target);
    return targets;
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

}  // namespace conductor::workers::test
