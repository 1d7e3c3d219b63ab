#include <github_fetch/graphql_page.hpp>

#include <github_fetch/json_members.hpp>
#include <github_fetch/read_rows.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

constexpr char query[] =
    "query($owner: String!, $name: String!, $first: Int!, $after: String) {"
    " repository(owner: $owner, name: $name) {"
    " databaseId nameWithOwner stargazerCount forkCount"
    " stargazers(first: $first, after: $after, orderBy: {field: STARRED_AT, direction: DESC}) {"
    " edges { starredAt node { databaseId login } }"
    " pageInfo { hasNextPage endCursor } } } }";

constexpr char repository_pointer[] = "/data/repository";
constexpr char list_pointer[] = "/data/repository/stargazers";

json::object const* object_member(json::object const* object, std::string_view name) {
    auto const* const value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr ? value->if_object() : nullptr;
}

result<repository> read_names(json::object const& object) {
    std::string const pointer = repository_pointer;
    auto const id = count_member(object, "databaseId");
    auto name = text_member(object, "nameWithOwner");
    auto const stars = count_member(object, "stargazerCount");
    auto const forks = count_member(object, "forkCount");
    if (!id) return malformed(pointer + "/databaseId", "expected a whole number");
    if (!name) return malformed(pointer + "/nameWithOwner", "expected a text");
    if (!stars) return malformed(pointer + "/stargazerCount", "expected a whole number");
    if (!forks) return malformed(pointer + "/forkCount", "expected a whole number");
    return repository{*id, *std::move(name), *stars, *forks};
}

// The schema lets a node and its number be null; then nobody can be named.
result<std::optional<account>> read_node(json::object const& edge, std::string const& pointer) {
    auto const* const node = edge.if_contains("node");
    if (node == nullptr) return malformed(pointer, "missing");
    if (node->is_null()) return std::optional<account>{};
    auto const* const user = node->if_object();
    if (user == nullptr) return malformed(pointer, "expected an object or null");
    auto const* const number = user->if_contains("databaseId");
    if (number != nullptr && number->is_null()) return std::optional<account>{};
    auto const id = count_member(*user, "databaseId");
    auto login = text_member(*user, "login");
    if (!id) return malformed(pointer + "/databaseId", "expected a whole number or null");
    if (!login) return malformed(pointer + "/login", "expected a text");
    return std::optional{account{*std::move(login), *id, "User"}};
}

result<row> read_edge(json::value const& value, std::string const& pointer) {
    auto const* const edge = value.if_object();
    if (edge == nullptr) return malformed(pointer, "expected an object");
    auto const at = read_instant(*edge, "starredAt", pointer);
    if (at.has_error()) return at.error();
    auto user = read_node(*edge, pointer + "/node");
    if (user.has_error()) return user.error();
    return row{.at = *at, .user = *std::move(user)};
}

result<std::vector<row>> read_edges(json::object const& list) {
    std::string const pointer = std::string{list_pointer} + "/edges";
    auto const* const edges = list.if_contains("edges");
    if (edges == nullptr || !edges->is_array()) return malformed(pointer, "expected an array");
    std::vector<row> rows;
    rows.reserve(edges->get_array().size());
    for (auto const& edge : edges->get_array()) {
        auto read = read_edge(edge, pointer + "/" + std::to_string(rows.size()));
        if (read.has_error()) return read.error();
        rows.push_back(*std::move(read));
    }
    return rows;
}

result<std::optional<std::string>> read_next(json::object const& list) {
    std::string const pointer = std::string{list_pointer} + "/pageInfo";
    auto const* const info = object_member(&list, "pageInfo");
    if (info == nullptr) return malformed(pointer, "expected an object");
    auto const* const more = info->if_contains("hasNextPage");
    if (more == nullptr || !more->is_bool())
        return malformed(pointer + "/hasNextPage", "expected true or false");
    if (!more->get_bool()) return std::optional<std::string>{};
    auto cursor = text_member(*info, "endCursor");
    if (!cursor || cursor->empty()) return malformed(pointer + "/endCursor", "expected a text");
    return cursor;
}

}  // namespace

std::string graphql_body(graphql_question const& question) {
    json::object variables{
        {"owner", question.owner}, {"name", question.name}, {"first", question.first}};
    variables["after"] =
        question.after.empty() ? json::value(nullptr) : json::value(question.after);
    return json::serialize(json::object{{"query", query}, {"variables", std::move(variables)}});
}

result<graphql_page> read_graphql_page(json::value const& body) {
    auto const* const found = object_member(object_member(body.if_object(), "data"), "repository");
    if (found == nullptr) return malformed(repository_pointer, "expected an object");
    auto const* const list = object_member(found, "stargazers");
    if (list == nullptr) return malformed(list_pointer, "expected an object");
    auto names = read_names(*found);
    if (names.has_error()) return names.error();
    auto rows = read_edges(*list);
    if (rows.has_error()) return rows.error();
    auto next = read_next(*list);
    if (next.has_error()) return next.error();
    return graphql_page{*std::move(names), *std::move(rows), *std::move(next)};
}

}  // namespace conductor::workers::github
