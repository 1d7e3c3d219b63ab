// Lists as GitHub answers them, and as a task finds them in what an earlier claim left behind.

#include "fuzz.hpp"

#include "api/json_text.hpp"

#include <github_fetch/read_rows.hpp>

namespace conductor::fuzz {

void try_input(std::string_view input) {
    using workers::github::row_kind;
    auto const body = api::parse_json(input, {});
    if (!body) return;
    for (auto const kind : {row_kind::star, row_kind::fork, row_kind::contributor}) {
        auto const rows = workers::github::read_page(kind, *body);
        require(!rows || (body->is_array() && rows->size() <= body->get_array().size()),
                "a page has no more rows than the list");
        static_cast<void>(workers::github::read_output_rows(kind, *body));
    }
}

}  // namespace conductor::fuzz
