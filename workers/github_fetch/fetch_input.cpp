#include <github_fetch/fetch_input.hpp>

#include <contract/input_reader.hpp>

#include <boost/algorithm/string/predicate.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::size_t etag_bytes_max = 500;
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
    if (by_owner == nullptr)
        return resolve(in, access, "/gh_token", in.text("gh_token").value_or(""));
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

fetch_kind kind(input_reader& in) {
    auto const what =
        in.choice("what", {"stars", "repository", "forks", "contributors"}).value_or("stars");
    if (what == "repository") return fetch_kind::repository;
    if (what == "forks") return fetch_kind::forks;
    return what == "contributors" ? fetch_kind::contributors : fetch_kind::stars;
}

// Which sources have rows of a kind besides REST.
struct offer {
    fetch_source source;
    bool of_forks;
};
constexpr std::array offers{offer{fetch_source::graphql, false}, offer{fetch_source::events, true},
                            offer{fetch_source::history, false}};

std::optional<fetch_source> source(input_reader& in, fetch_kind what) {
    auto const asked = in.choice("source", {"auto", "rest", "graphql", "events", "history"});
    if (!asked || *asked == "auto") return std::nullopt;
    for (auto const& [offered, of_forks] : offers) {
        if (*asked != to_text(offered)) continue;
        bool const has = what == fetch_kind::stars || what == fetch_kind::repository ||
                         (of_forks && what == fetch_kind::forks);
        if (!has) in.refuse("/source", "has no rows of this kind");
        return offered;
    }
    return fetch_source::rest;
}

// A text that goes into a header line.
std::string etag(input_reader& in) {
    auto text = in.text("etag").value_or("");
    bool const sound = text.size() <= etag_bytes_max &&
                       std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
    if (!sound) in.refuse("/etag", "expected an ETag of GitHub");
    return text;
}

std::optional<list_cursor> cursor(input_reader& in) {
    auto const text = in.text("cursor");
    if (!text) return std::nullopt;
    auto read = parse_cursor(*text);
    if (!read) in.refuse("/cursor", "expected a next_cursor of github_fetch");
    return read;
}

// Where the parts of an input contradict each other.
void check_place(input_reader& in, fetch_input const& read) {
    bool const by_rest = !read.source || read.source == fetch_source::rest;
    if (read.page && read.cursor) in.refuse("/cursor", "excludes page");
    if (read.page && read.events_when_restricted)
        in.refuse("/on_restricted", "events excludes page, for the feed has none; leave out page");
    if (read.page && !by_rest) in.refuse("/page", "only source rest has pages");
    if (read.cursor && read.source && read.cursor->source != *read.source)
        in.refuse("/cursor", "is of another source");
    bool const is_of_stars =
        !read.cursor || read.cursor->source == fetch_source::rest || read.rows() == row_kind::star;
    if (!is_of_stars && read.cursor->source != fetch_source::events)
        in.refuse("/cursor", "is of another list");
    if (read.source == fetch_source::graphql && read.token.empty())
        in.refuse("/gh_token", "source graphql needs a token");
}

void read_place(input_reader& in, fetch_input& out) {
    out.source = source(in, out.what);
    auto const restricted = in.choice("on_restricted", {"fail", "events"});
    out.events_when_restricted = restricted == "events";
    out.star_offset = in.integer("star_offset", {.max = row_number_max}).value_or(0);
    out.since = in.time("since");
    out.page = in.integer("page", {.min = 1, .max = row_number_max});
    out.cursor = cursor(in);
    out.etag = etag(in);
    out.anonymous = in.boolean("anon").value_or(false);
    check_place(in, out);
}

void read_limits(input_reader& in, fetch_input& out) {
    out.max_pages = in.integer("max_pages", {.min = 1});
    out.max_items = in.integer("max_items", {.min = 1});
    if (auto const limit = in.integer("time_limit_seconds", {.min = 1, .max = seconds_max}))
        out.time_limit = seconds{*limit};
    if (auto const wait = in.integer("max_wait_seconds", {.min = 0, .max = seconds_max}))
        out.max_wait = seconds{*wait};
}

std::string encode(std::string_view segment) {
    return boost::urls::encode(segment, boost::urls::unreserved_chars);
}

}  // namespace

std::string fetch_input::repository_url() const {
    return api_base + "/repos/" + encode(account) + "/" + encode(name);
}

std::string fetch_input::graphql_url() const {
    constexpr std::string_view rest_suffix = "/v3";
    if (!api_base.ends_with("/api/v3")) return api_base + "/graphql";
    return api_base.substr(0, api_base.size() - rest_suffix.size()) + "/graphql";
}

row_kind fetch_input::rows() const {
    if (what == fetch_kind::forks) return row_kind::fork;
    return what == fetch_kind::contributors ? row_kind::contributor : row_kind::star;
}

outcome<fetch_input> read_fetch_input(json::object const& input, api_access const& access) {
    input_reader in{input};
    fetch_input out;
    out.what = kind(in);
    out.account = required_segment(in, "gh_account");
    out.name = required_segment(in, "gh_repo");
    out.token = token(in, access, out.account);
    out.api_base = api_base(in, access);
    out.api_version = api_version(in, std::move(out.api_version));
    out.pages.per_page = in.integer("per_page", {.min = 1, .max = 100}).value_or(100);
    read_place(in, out);
    read_limits(in, out);
    if (!in.good()) return in.error();
    bool const beyond = out.page && out.pages.beyond_reach(*out.page);
    if (out.what == fetch_kind::stars && beyond) {
        return fault{codes::gh_pagination_limit,
                     "/page: GitHub lists the first 40000 stars of a repository only"};
    }
    return out;
}

}  // namespace conductor::workers::github
