#include <github_fetch/row_list.hpp>

#include <boost/json/monotonic_resource.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

constexpr std::size_t types_max = 1000;

json::value instant_or_null(std::optional<instant> at) {
    return at ? json::value(format_instant(*at)) : json::value(nullptr);
}

void put_user(json::object& out, std::optional<account> const& user) {
    auto& value = out.emplace("user", nullptr).first->value();
    if (!user) return;
    auto& object = value.emplace_object();
    object.reserve(3);
    object.emplace("login", user->login);
    object.emplace("id", user->id);
    if (!user->type.empty()) object.emplace("type", user->type);
}

void put_fork(json::object& out, row const& fork) {
    out.reserve(3);
    out.emplace("forked_at", format_instant(fork.at));
    put_user(out, fork.user);
    auto& copy = out.emplace("repo", nullptr).first->value().emplace_object();
    copy.reserve(2);
    copy.emplace("id", fork.number);
    copy.emplace("full_name", fork.name);
}

void put_row(json::object& out, row_kind kind, row const& one) {
    if (kind == row_kind::fork) return put_fork(out, one);
    out.reserve(2);
    if (kind == row_kind::star)
        out.emplace("starred_at", format_instant(one.at));
    else
        out.emplace("contributions", one.number);
    put_user(out, one.user);
    if (kind != row_kind::contributor || one.user) return;
    auto& name = out.emplace("name", nullptr).first->value();
    if (!one.name.empty()) name = one.name;
}

}  // namespace

std::string_view rows_member(row_kind kind) {
    switch (kind) {
        case row_kind::star: return "stargazers";
        case row_kind::fork: return "forks";
        case row_kind::contributor: break;
    }
    return "contributors";
}

// Whether it was not known yet.
bool row_list::remember(row const& added) {
    if (kind_ == row_kind::fork) return known_.insert(added.number).second;
    return !added.user || known_.insert(added.user->id).second;
}

// GitHub has half a dozen types; a list of more of them is none that anybody needs.
std::uint32_t row_list::type_number(std::string const& type) {
    auto const found = std::ranges::find(types_, type);
    if (found == types_.end()) {
        if (types_.size() == types_max) return 0;
        if (types_.empty() && !type.empty()) types_.emplace_back();
        types_.push_back(type);
        return static_cast<std::uint32_t>(types_.size() - 1);
    }
    return static_cast<std::uint32_t>(found - types_.begin());
}

void row_list::add(row const& added) {
    if (!remember(added)) return;
    if (kind_ != row_kind::contributor) {
        oldest_ = std::min(oldest_.value_or(added.at), added.at);
        newest_ = std::max(newest_.value_or(added.at), added.at);
    }
    packed made{.at = added.at.time_since_epoch().count(),
                .number = added.number,
                .user_id = -1,
                .login = {texts_.size(), 0},
                .name_size = static_cast<std::uint32_t>(added.name.size()),
                .type = 0};
    if (added.user) {
        made.user_id = added.user->id;
        made.login.size = added.user->login.size();
        made.type = type_number(added.user->type);
        texts_ += added.user->login;
    }
    texts_ += added.name;
    rows_.push_back(made);
}

row row_list::at(std::size_t index) const {
    packed const& one = rows_.at(index);
    row made{.at = instant{std::chrono::milliseconds{one.at}},
             .number = one.number,
             .name = texts_.substr(one.login.at + one.login.size, one.name_size)};
    if (one.user_id >= 0) {
        made.user =
            account{texts_.substr(one.login.at, one.login.size), one.user_id, types_.at(one.type)};
    }
    return made;
}

json::array rows_json(row_list const& rows, json::storage_ptr storage) {
    json::array out(std::move(storage));
    out.reserve(rows.size());
    for (std::size_t index = 0; index < rows.size(); ++index)
        put_row(out.emplace_back(json::object_kind).get_object(), rows.kind(), rows.at(index));
    return out;
}

json::object rows_output(row_list const& rows) {
    auto const storage = json::make_shared_resource<json::monotonic_resource>();
    json::object out(storage);
    out.emplace(rows_member(rows.kind()), rows_json(rows, storage));
    out.emplace("count", static_cast<std::int64_t>(rows.size()));
    out.emplace("oldest", instant_or_null(rows.oldest()));
    out.emplace("newest", instant_or_null(rows.newest()));
    return out;
}

}  // namespace conductor::workers::github
