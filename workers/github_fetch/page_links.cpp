#include <github_fetch/page_links.hpp>

#include <github_fetch/page_plan.hpp>

#include <boost/algorithm/string/predicate.hpp>

#include <charconv>
#include <system_error>

namespace conductor::workers::github {
namespace {

constexpr auto npos = std::string_view::npos;

std::optional<std::int64_t> positive(std::string_view text, std::int64_t max) {
    std::int64_t value = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value < 1 || value > max) return std::nullopt;
    return value;
}

// Takes what stands before `separator` off the front of `rest`, and the separator with it.
std::string_view take_until(std::string_view& rest, std::string_view separator) {
    auto const at = rest.find(separator);
    auto const piece = rest.substr(0, at);
    rest = at == npos ? std::string_view{} : rest.substr(at + separator.size());
    return piece;
}

std::string_view trim(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t");
    if (begin == npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<std::int64_t> page_in(std::string_view url) {
    take_until(url, "?");
    std::string_view query = take_until(url, "#");
    while (!query.empty()) {
        std::string_view value = take_until(query, "&");
        if (take_until(value, "=") == "page") return positive(value, row_number_max);
    }
    return std::nullopt;
}

// The relations of one link: `; rel="next last"; title=x`. Ends where the next link begins.
std::string_view take_relations(std::string_view& rest) {
    std::string_view parameters = take_until(rest, "<");
    while (!parameters.empty()) {
        std::string_view value = trim(take_until(parameters, ";"));
        if (value.ends_with(',')) value = trim(value.substr(0, value.size() - 1));
        if (!boost::algorithm::iequals(trim(take_until(value, "=")), "rel")) continue;
        value = trim(value);
        bool const quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
        return quoted ? value.substr(1, value.size() - 2) : value;
    }
    return {};
}

void note(page_links& links, std::string_view relations, std::string_view url) {
    auto const page = page_in(url);
    while (!relations.empty()) {
        auto const relation = take_until(relations, " ");
        if (boost::algorithm::iequals(relation, "next")) links.next = page;
        if (boost::algorithm::iequals(relation, "last")) links.last = page;
    }
    if (!links.repository_id) links.repository_id = repository_id_in(url);
}

}  // namespace

page_links read_links(http::headers const& headers) {
    page_links links;
    for (auto const& line : headers) {
        if (!boost::algorithm::iequals(line.name, "Link")) continue;
        std::string_view rest = line.value;
        take_until(rest, "<");
        while (!rest.empty()) {
            auto const url = take_until(rest, ">");
            note(links, take_relations(rest), url);
        }
    }
    return links;
}

std::optional<std::int64_t> repository_id_in(std::string_view url) {
    std::string_view path = take_until(url, "?");
    if (path.find("/repositories/") == npos) return std::nullopt;
    take_until(path, "/repositories/");
    return positive(take_until(path, "/"), row_number_max);
}

}  // namespace conductor::workers::github
