#include <github_fetch/read_rows.hpp>

#include <github_fetch/json_members.hpp>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

result<std::optional<account>> account_of(json::object const& user, std::string const& pointer) {
    auto login = text_member(user, "login");
    auto const id = count_member(user, "id");
    if (!login) return malformed(pointer + "/login", "expected a text");
    if (!id) return malformed(pointer + "/id", "expected a whole number");
    return std::optional{account{*std::move(login), *id, text_member(user, "type").value_or("")}};
}

using reader = result<row> (*)(json::object const&, std::string const&);

result<std::vector<row>> read_each(json::value const& body, reader read) {
    auto const* const rows = body.if_array();
    if (rows == nullptr) return malformed("", "expected an array");
    std::vector<row> made;
    made.reserve(rows->size());
    for (auto const& value : *rows) {
        std::string const pointer = "/" + std::to_string(made.size());
        auto const* const object = value.if_object();
        if (object == nullptr) return malformed(pointer, "expected an object");
        auto one = read(*object, pointer);
        if (one.has_error()) return one.error();
        made.push_back(*std::move(one));
    }
    return made;
}

result<row> read_star(json::object const& star, std::string const& pointer) {
    auto const at = read_instant(star, "starred_at", pointer);
    if (at.has_error()) return at.error();
    auto user = read_account(star.if_contains("user"), pointer + "/user");
    if (user.has_error()) return user.error();
    return row{.at = *at, .user = *std::move(user)};
}

// Who made a copy of what: `id` and `full_name` of the copy stand in `repository`.
result<row> fork_row(instant at, json::value const* user, json::object const& repository,
                     std::pair<std::string, std::string> const& pointers) {
    auto owner = read_account(user, pointers.first);
    if (owner.has_error()) return owner.error();
    auto const id = count_member(repository, "id");
    if (!id) return malformed(pointers.second + "/id", "expected a whole number");
    auto name = text_member(repository, "full_name");
    if (!name) return malformed(pointers.second + "/full_name", "expected a text");
    return row{.at = at, .user = *std::move(owner), .number = *id, .name = *std::move(name)};
}

result<row> read_fork(json::object const& fork, std::string const& pointer) {
    auto const at = read_instant(fork, "created_at", pointer);
    if (at.has_error()) return at.error();
    return fork_row(*at, fork.if_contains("owner"), fork, {pointer + "/owner", pointer});
}

result<row> read_output_fork(json::object const& fork, std::string const& pointer) {
    auto const at = read_instant(fork, "forked_at", pointer);
    if (at.has_error()) return at.error();
    auto const* const copy = fork.if_contains("repo");
    if (copy == nullptr || !copy->is_object())
        return malformed(pointer + "/repo", "expected an object");
    return fork_row(*at, fork.if_contains("user"), copy->get_object(),
                    {pointer + "/user", pointer + "/repo"});
}

result<std::int64_t> read_contributions(json::object const& one, std::string const& pointer) {
    auto const count = count_member(one, "contributions");
    if (!count) return malformed(pointer + "/contributions", "expected a whole number");
    return *count;
}

result<row> anonymous_row(json::object const& one, std::string const& pointer) {
    auto const count = read_contributions(one, pointer);
    if (count.has_error()) return count.error();
    auto name = text_member(one, "name");
    if (!name) return malformed(pointer + "/name", "expected a text");
    // Some people give their address for their name.
    if (name->find('@') != std::string::npos) name->clear();
    return row{.number = *count, .name = *std::move(name)};
}

result<row> read_contributor(json::object const& one, std::string const& pointer) {
    if (text_member(one, "type") == "Anonymous") return anonymous_row(one, pointer);
    auto const count = read_contributions(one, pointer);
    if (count.has_error()) return count.error();
    auto user = account_of(one, pointer);
    if (user.has_error()) return user.error();
    return row{.user = *std::move(user), .number = *count};
}

result<row> read_output_contributor(json::object const& one, std::string const& pointer) {
    auto const* const user = one.if_contains("user");
    bool const is_anonymous = user != nullptr && user->is_null();
    bool const has_name = one.contains("name") && !one.at("name").is_null();
    if (is_anonymous && has_name) return anonymous_row(one, pointer);
    auto const count = read_contributions(one, pointer);
    if (count.has_error()) return count.error();
    auto whom = read_account(user, pointer + "/user");
    if (whom.has_error()) return whom.error();
    return row{.user = *std::move(whom), .number = *count};
}

}  // namespace

result<std::vector<row>> read_page(row_kind kind, json::value const& body) {
    switch (kind) {
        case row_kind::star: return read_each(body, read_star);
        case row_kind::fork: return read_each(body, read_fork);
        case row_kind::contributor: break;
    }
    return read_each(body, read_contributor);
}

result<std::vector<row>> read_output_rows(row_kind kind, json::value const& rows) {
    switch (kind) {
        case row_kind::star: return read_each(rows, read_star);
        case row_kind::fork: return read_each(rows, read_output_fork);
        case row_kind::contributor: break;
    }
    return read_each(rows, read_output_contributor);
}

result<std::optional<account>> read_account(json::value const* value, std::string const& pointer) {
    if (value == nullptr) return malformed(pointer, "missing");
    if (value->is_null()) return std::optional<account>{};
    auto const* const user = value->if_object();
    if (user == nullptr) return malformed(pointer, "expected an object or null");
    return account_of(*user, pointer);
}

result<instant> read_instant(json::object const& object, std::string_view name,
                             std::string const& pointer) {
    std::string const whole = pointer + "/" + std::string{name};
    auto const text = text_member(object, name);
    if (!text) return malformed(whole, "expected a text");
    auto const at = parse_instant(*text);
    if (at.has_error()) return malformed(whole, at.error().detail);
    return *at;
}

}  // namespace conductor::workers::github
