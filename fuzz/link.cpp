// `Link` headers, one a line of the input.

#include "fuzz.hpp"

#include <github_fetch/page_links.hpp>
#include <github_fetch/page_plan.hpp>

#include <string>

namespace conductor::fuzz {
namespace {

void require_row_number(std::optional<std::int64_t> const& number) {
    using workers::github::row_number_max;
    require(!number || (*number >= 1 && *number <= row_number_max), "a page's number is bounded");
}

}  // namespace

void try_input(std::string_view input) {
    http::headers headers;
    for (auto rest = input; !rest.empty();) {
        auto const [line, more] = split_line(rest);
        headers.add("Link", std::string(line));
        rest = more;
    }
    auto const links = workers::github::read_links(headers);
    require_row_number(links.next);
    require_row_number(links.last);
    require_row_number(links.repository_id);
    require_row_number(workers::github::repository_id_in(input));
}

}  // namespace conductor::fuzz
