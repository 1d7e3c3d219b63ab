// Tasks that take long: by a lease, or by coming back later.
#include "check.hpp"

#include <conductor/conductor.hpp>
#include <conductor/testing/run_handler.hpp>

#include <stop_token>
#include <string>

namespace long_tasks {

namespace test = conductor::test;

// snippet: lease
// A plain function has a thread of its own and may compute for hours: its lease is extended.
conductor::task_result checksum(boost::json::object const& in, conductor::task_context& context) {
    auto const pieces = in.at("pieces").to_number<int>();
    unsigned sum = 0;
    for (int piece = 0; piece < pieces; ++piece) {
        if (context.stop_token().stop_requested())  // cancelled, or the program ends
            return conductor::task_result::failed("stopped at piece " + std::to_string(piece));
        sum = sum * 31 + static_cast<unsigned>(piece);
    }
    return conductor::task_result::completed({{"sum", sum}});
}
// end snippet

// What runs elsewhere: here it is done when it was asked for the second time.
class export_service {
public:
    std::string begin() { return "job-7"; }
    bool is_done(std::string const&) { return ++asked_ > 1; }

private:
    int asked_ = 0;
};

// snippet: call-back
// Waits for a job elsewhere, and holds neither slot nor thread meanwhile.
auto wait_for_export(export_service& exports) {
    return [&exports](boost::json::object const&, conductor::task_context& context) {
        using conductor::task_result;
        auto progress = context.previous_output();  // empty the first time
        if (progress.empty()) progress = {{"job", exports.begin()}};
        auto const job = std::string{progress.at("job").as_string()};
        if (!exports.is_done(job))
            return task_result::call_back_after(std::chrono::seconds{30}, progress);
        return task_result::completed({{"file", "exports/" + job + ".csv"}});
    };
}
// end snippet

void check_lease() {
    std::stop_source stop;
    auto const task = test::make_task("checksum", {{"pieces", 1000}});
    check(test::run_handler(checksum, task, {.stop = stop.get_token()}).status() ==
              conductor::task_status::completed,
          "a checksum comes to its end");
    stop.request_stop();
    check(test::run_handler(checksum, task, {.stop = stop.get_token()}).reason() ==
              "stopped at piece 0",
          "a checksum heeds the stop");
}

void check_call_back() {
    export_service exports;
    auto const handler = wait_for_export(exports);
    auto const first = test::run_handler(handler, test::make_task("wait_for_export"));
    check(first.delay() == std::chrono::seconds{30}, "the first look comes too early");
    auto const later = test::make_task("wait_for_export", {}, {{"outputData", {{"job", "job-7"}}}});
    check(test::run_handler(handler, later) ==
              conductor::task_result::completed({{"file", "exports/job-7.csv"}}),
          "the second look finds the file");
}

}  // namespace long_tasks

void check_long_tasks() {
    long_tasks::check_lease();
    long_tasks::check_call_back();
}
