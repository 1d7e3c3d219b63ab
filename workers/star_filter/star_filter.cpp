#include <star_filter/star_filter.hpp>

#include <star_filter/star_rows.hpp>
#include <star_filter/star_selection.hpp>

#include <memory>
#include <string>
#include <utility>

namespace conductor::workers {
namespace {

constexpr std::string_view stars_pointer = "/stars";

fault missing_stars() {
    return {.code = codes::bad_input, .message = std::string{stars_pointer} + ": is required"};
}

task_result filter_stars(boost::json::object const& input, instant now, task_context& context) {
    auto request = read_star_filter_request(input, now);
    if (!request) {
        return fail(request.error());
    }
    auto const* stars = input.if_contains("stars");
    if (stars == nullptr || stars->is_null()) {
        return fail(missing_stars());
    }
    auto const rows = find_star_rows(*stars, stars_pointer);
    if (!rows) {
        return fail({.code = codes::bad_input, .message = rows.error().detail});
    }
    star_selection selection{*std::move(request)};
    for (auto const* row : *rows) {
        selection.offer(*row);
    }
    context.log("kept " + std::to_string(selection.count()) + " of " +
                std::to_string(rows->size()) + " stars");
    return task_result::completed(selection.take_output());
}

}  // namespace

worker make_star_filter(environment environment) {
    blocking_handler run = [clock = std::move(environment.clock)](task const& task,
                                                                  task_context& context) {
        auto const now = std::chrono::floor<instant::duration>(clock->wall());
        return filter_stars(task.input(), now, context);
    };
    return {.type = "star_filter", .run = std::move(run)};
}

}  // namespace conductor::workers
