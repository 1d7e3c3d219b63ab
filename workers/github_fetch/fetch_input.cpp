#include <github_fetch/fetch_input.hpp>

#include <contract/input_reader.hpp>

#include <boost/algorithm/string/predicate.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::int64_t seconds_max = 30 * 24 * 3600;

// As one segment of a path a name is encoded, except that dots alone would climb.
std::string required_segment(input_reader& in, std::string_view name) {
    std::string segment = in.required_text(name);
    if (segment == "." || segment == "..") in.refuse(json_pointer(name), "is not a name");
    return segment;
}

std::string api_version(input_reader& in, std::string usual) {
    auto asked = in.text("api_version");
    if (!asked) return usual;
    auto const is_part = [](char c) { return (c >= '0' && c <= '9') || c == '-'; };
    bool const is_date = asked->size() == 10 && std::all_of(asked->begin(), asked->end(), is_part);
    if (!is_date) in.refuse("/api_version", "expected a date such as 2022-11-28");
    return *std::move(asked);
}

std::string api_base(input_reader& in, api_access const& access) {
    auto base = access.base(in.text("api_base").value_or(""));
    if (base.has_value()) return *std::move(base);
    in.refuse("/api_base", base.error().detail);
    return {};
}

secret resolve(input_reader& in, api_access const& access, std::string const& pointer,
               std::string_view asked) {
    auto token = access.secrets().resolve(asked);
    if (token.has_error()) {
        in.refuse(pointer, token.error().detail);
        return {};
    }
    return *token ? std::move((**token).value) : secret{};
}

// One token, or a map of owners to tokens. Owners compare without case, as at GitHub.
secret token(input_reader& in, api_access const& access, std::string_view account) {
    auto const* const value = in.find("gh_token");
    auto const* const by_owner = value != nullptr ? value->if_object() : nullptr;
    if (by_owner == nullptr) {
        return resolve(in, access, "/gh_token", in.text("gh_token").value_or(""));
    }
    input_reader tokens{*by_owner};
    for (auto const& [owner, unused] : *by_owner) {
        std::string_view const name{owner.data(), owner.size()};
        if (!boost::algorithm::iequals(name, account)) continue;
        std::string const pointer = "/gh_token" + json_pointer(name);
        auto const asked = tokens.text(name);
        if (!tokens.good()) in.refuse(pointer, "expected a text");
        return resolve(in, access, pointer, asked.value_or(""));
    }
    return resolve(in, access, "/gh_token", "");
}

fetch_kind kind(input_reader& in, std::optional<std::int64_t> page) {
    auto const what = in.choice("what", {"stars", "repository"}).value_or("stars");
    in.choice("source", {"auto", "rest"});
    in.choice("on_restricted", {"fail"});
    if (what == "repository") return fetch_kind::repository;
    return page ? fetch_kind::star_page : fetch_kind::all_stars;
}

void read_limits(input_reader& in, fetch_input& out) {
    out.max_pages = in.integer("max_pages", {.min = 1});
    out.max_items = in.integer("max_items", {.min = 1});
    if (auto const limit = in.integer("time_limit_seconds", {.min = 1, .max = seconds_max})) {
        out.time_limit = seconds{*limit};
    }
    if (auto const wait = in.integer("max_wait_seconds", {.min = 0, .max = seconds_max})) {
        out.max_wait = seconds{*wait};
    }
}

std::string encode(std::string_view segment) {
    return boost::urls::encode(segment, boost::urls::unreserved_chars);
}

}  // namespace

std::string fetch_input::repository_url() const {
    return api_base + "/repos/" + encode(account) + "/" + encode(name);
}

outcome<fetch_input> read_fetch_input(json::object const& input, api_access const& access) {
    input_reader in{input};
    fetch_input out;
    auto const page = in.integer("page", {.min = 1, .max = row_number_max});
    out.what = kind(in, page);
    out.account = required_segment(in, "gh_account");
    out.name = required_segment(in, "gh_repo");
    out.token = token(in, access, out.account);
    out.api_base = api_base(in, access);
    out.api_version = api_version(in, std::move(out.api_version));
    out.star_offset = in.integer("star_offset", {.max = row_number_max}).value_or(0);
    out.page = page.value_or(1);
    out.pages.per_page = in.integer("per_page", {.min = 1, .max = 100}).value_or(100);
    read_limits(in, out);
    if (!in.good()) return in.error();
    if (out.pages.beyond_reach(out.page)) {
        return fault{codes::gh_pagination_limit,
                     "/page: GitHub lists the first 40000 stars of a repository only"};
    }
    return out;
}

}  // namespace conductor::workers::github
