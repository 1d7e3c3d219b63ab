// Writes the metrics of the scripted events: `write_metrics first` before them, `write_metrics all`
// after them.

#include <conductor/prometheus.hpp>
#include <support/manual_clock.hpp>
#include <unit/prometheus/scripted_events.hpp>

#include <iostream>
#include <memory>
#include <string_view>

int main(int count, char** arguments) {
    using namespace conductor;
    auto const clock = std::make_shared<test::manual_clock>();
    prometheus_options options{.task_types = {"greet"}, .clock = clock};
    bool const is_first = count == 2 && arguments[1] == std::string_view{"first"};
    if (!is_first) {
        options.status = [&clock] { return test::scripted_status(clock->wall()); };
        options.queue_depths = [] { return std::map<std::string, std::int64_t>{{"greet", 12}}; };
    }
    prometheus_metrics metrics{options};
    if (!is_first) {
        test::tell_scripted_events(metrics);
        test::tell_scripted_requests(metrics);
    }
    std::cout << metrics.text();
}
