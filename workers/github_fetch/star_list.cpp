#include <github_fetch/star_list.hpp>

#include <github_fetch/json_members.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

failure bad_row(std::size_t index, std::string_view complaint) {
    return {errc::bad_response, "/" + std::to_string(index) + std::string{complaint}};
}

result<std::optional<stargazer>> read_user(json::value const* value, std::size_t index) {
    if (value == nullptr) return bad_row(index, "/user: missing");
    if (value->is_null()) return std::optional<stargazer>{};
    auto const* const user = value->if_object();
    if (user == nullptr) return bad_row(index, "/user: expected an object or null");
    auto login = text_member(*user, "login");
    auto const id = count_member(*user, "id");
    if (!login) return bad_row(index, "/user/login: expected a text");
    if (!id) return bad_row(index, "/user/id: expected a whole number");
    auto type = text_member(*user, "type").value_or("");
    return std::optional{stargazer{*std::move(login), *id, std::move(type)}};
}

result<star> read_star(json::value const& value, std::size_t index) {
    auto const* const row = value.if_object();
    if (row == nullptr) return bad_row(index, ": expected an object");
    auto when = text_member(*row, "starred_at");
    if (!when) return bad_row(index, "/starred_at: expected a text");
    auto const at = parse_instant(*when);
    if (at.has_error()) return bad_row(index, "/starred_at: " + at.error().detail);
    auto user = read_user(row->if_contains("user"), index);
    if (user.has_error()) return user.error();
    return star{*std::move(when), *at, *std::move(user)};
}

json::value to_json(std::optional<stargazer> const& user) {
    if (!user) return nullptr;
    json::object out{{"login", user->login}, {"id", user->id}, {"type", nullptr}};
    if (!user->type.empty()) out["type"] = user->type;
    return out;
}

json::value instant_or_null(std::optional<instant> at) {
    return at ? json::value(format_instant(*at)) : json::value(nullptr);
}

}  // namespace

result<std::vector<star>> read_stars(json::value const& body) {
    auto const* const rows = body.if_array();
    if (rows == nullptr) return failure{errc::bad_response, "expected an array"};
    std::vector<star> stars;
    stars.reserve(rows->size());
    for (auto const& row : *rows) {
        auto read = read_star(row, stars.size());
        if (read.has_error()) return read.error();
        stars.push_back(*std::move(read));
    }
    return stars;
}

void star_list::add(star added) {
    if (added.user && !people_.insert(added.user->id).second) return;
    oldest_ = std::min(oldest_.value_or(added.at), added.at);
    newest_ = std::max(newest_.value_or(added.at), added.at);
    stars_.push_back(std::move(added));
}

json::array star_list::to_json() const {
    json::array rows;
    rows.reserve(stars_.size());
    for (auto const& star : stars_) {
        rows.push_back(
            json::object{{"starred_at", star.starred_at}, {"user", github::to_json(star.user)}});
    }
    return rows;
}

json::object stars_output(star_list const& stars) {
    return {{"stargazers", stars.to_json()},
            {"count", static_cast<std::int64_t>(stars.size())},
            {"oldest", instant_or_null(stars.oldest())},
            {"newest", instant_or_null(stars.newest())}};
}

}  // namespace conductor::workers::github
