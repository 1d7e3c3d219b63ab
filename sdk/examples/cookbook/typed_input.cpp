// Inputs and outputs as structs.
#include "check.hpp"

#include <boost/describe.hpp>
#include <conductor/conductor.hpp>
#include <conductor/testing/run_handler.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace typed_input {

namespace test = conductor::test;

// snippet: structs
enum class priority { normal, urgent };
BOOST_DESCRIBE_ENUM(priority, normal, urgent)

struct line {
    std::string sku;
    int pieces = 1;  // may be absent
};
BOOST_DESCRIBE_STRUCT(line, (), (sku, pieces))

struct order {
    std::vector<line> lines;
    std::map<std::string, std::string> labels;
    std::optional<std::string> note;  // may be absent or null
    std::optional<priority> how;
};
BOOST_DESCRIBE_STRUCT(order, (), (lines, labels, note, how))

struct receipt {
    int pieces = 0;
    bool urgent = false;
};
BOOST_DESCRIBE_STRUCT(receipt, (), (pieces, urgent))

receipt take(order const& in) {
    receipt out{.urgent = in.how == priority::urgent};
    for (auto const& one : in.lines) out.pieces += one.pieces;
    return out;
}
// end snippet

boost::json::object some_order(boost::json::value pieces) {
    return {{"lines", {{{"sku", "bolt"}, {"pieces", std::move(pieces)}}, {{"sku", "nut"}}}},
            {"labels", {{"desk", "7"}}},
            {"how", "urgent"},
            {"more", "than the struct knows"}};
}

void check_structs() {
    auto const done = test::run_handler(take, test::make_task("take", some_order(4)));
    check(done == conductor::task_result::completed({{"pieces", 5}, {"urgent", true}}),
          "five pieces are taken");

    // snippet: wrong
    auto const wrong = test::run_handler(take, test::make_task("take", some_order("four")));
    check(wrong.status() == conductor::task_status::failed_with_terminal_error, "not tried again");
    check(wrong.reason().find("/lines/0/pieces") != std::string::npos, "the member is named");
    // end snippet
}

}  // namespace typed_input

void check_typed_input() { typed_input::check_structs(); }
