#include <star_filter/star_filter.hpp>

#include <star_filter/activity_selection.hpp>
#include <star_filter/row_lists.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::workers {
namespace {

using row_list = std::vector<boost::json::value const*>;

// All three members take rows of any kind: a row says itself what it is.
outcome<row_list> find_all_rows(boost::json::object const& input) {
    row_list all;
    bool found = false;
    for (std::string_view const name : {"stars", "forks", "contributors"}) {
        auto const* const lists = input.if_contains(name);
        if (lists == nullptr || lists->is_null()) continue;
        found = true;
        auto const rows = find_rows(*lists, "/" + std::string{name});
        if (rows.has_error())
            return fault{.code = codes::bad_input, .message = rows.error().detail};
        all.insert(all.end(), rows->begin(), rows->end());
    }
    if (!found) return fault{.code = codes::bad_input, .message = "/stars: is required"};
    return all;
}

task_result filter_rows(boost::json::object const& input, instant now, task_context& context) {
    auto request = read_star_filter_request(input, now);
    if (request.has_error()) return fail(request.error());
    auto const rows = find_all_rows(input);
    if (rows.has_error()) return fail(rows.error());
    activity_selection selection{*std::move(request)};
    for (auto const* row : *rows) selection.offer(*row);
    context.log("kept " + std::to_string(selection.count()) + " of " +
                std::to_string(rows->size()) + " rows");
    return task_result::completed(selection.take_output());
}

}  // namespace

worker make_star_filter(environment environment) {
    blocking_handler run = [clock = std::move(environment.clock)](task const& task,
                                                                  task_context& context) {
        auto const now = std::chrono::floor<instant::duration>(clock->wall());
        return filter_rows(task.input(), now, context);
    };
    return {.type = "star_filter", .run = std::move(run)};
}

}  // namespace conductor::workers
