#include <conductor/prometheus.hpp>

#include "scripted_events.hpp"

#include <support/manual_clock.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace conductor {
namespace {

using namespace std::chrono_literals;

std::string contents(std::string const& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

struct PrometheusMetricsTest : testing::Test {
    std::shared_ptr<test::manual_clock> clock = std::make_shared<test::manual_clock>();
    prometheus_options options{.task_types = {"greet"}, .clock = clock};

    void add_everything() {
        options.status = [this] { return test::scripted_status(clock->wall()); };
        options.queue_depths = [] { return std::map<std::string, std::int64_t>{{"greet", 12}}; };
    }
};

TEST_F(PrometheusMetricsTest, TheFirstScrapeShowsEachMetricOfWhichTheLabelsAreKnown) {
    prometheus_metrics const metrics{options};

    EXPECT_EQ(metrics.text(), contents(METRICS_FOLDER "/first_scrape.txt"));
}

TEST_F(PrometheusMetricsTest, TheWholeTextOfAllEvents) {
    add_everything();
    prometheus_metrics metrics{options};
    test::tell_scripted_events(metrics);
    test::tell_scripted_requests(metrics);

    EXPECT_EQ(metrics.text(), contents(METRICS_FOLDER "/all_events.txt"));
}

TEST_F(PrometheusMetricsTest, AMessageIsNeverALabel) {
    prometheus_metrics metrics{options};
    test::tell_scripted_events(metrics);

    EXPECT_EQ(metrics.text().find("says too much"), std::string::npos);
}

TEST_F(PrometheusMetricsTest, RequestsAreCountedOnlyWhenAskedTo) {
    options.http_requests = false;
    prometheus_metrics metrics{options};
    test::tell_scripted_requests(metrics);

    EXPECT_EQ(metrics.text().find("http_api_client"), std::string::npos);
}

TEST_F(PrometheusMetricsTest, GaugesAreOfTheMomentOfTheScrape) {
    std::size_t slots = 1;
    options.status = [&slots] {
        return runtime_status{.worker_id = {},
                              .workers = {{.type = "greet", .domain = {}, .slots = slots}}};
    };
    prometheus_metrics const metrics{options};
    EXPECT_NE(metrics.text().find("conductor_slots{domain=\"\",taskType=\"greet\"} 1\n"),
              std::string::npos);
    slots = 9;

    EXPECT_NE(metrics.text().find("conductor_slots{domain=\"\",taskType=\"greet\"} 9\n"),
              std::string::npos);
}

TEST(PrometheusOptionsTest, TheOfficialVariablesTurnPartsOff) {
    EXPECT_TRUE(prometheus_options::from_environment().result_sizes);
    EXPECT_TRUE(prometheus_options::from_environment().http_requests);
    ::setenv("WORKER_METRICS_PAYLOAD_SIZE", "false", 1);
    ::setenv("WORKER_METRICS_HTTP_REQUESTS", "0", 1);
    auto const options = prometheus_options::from_environment();
    ::unsetenv("WORKER_METRICS_PAYLOAD_SIZE");
    ::unsetenv("WORKER_METRICS_HTTP_REQUESTS");

    EXPECT_FALSE(options.result_sizes);
    EXPECT_FALSE(options.http_requests);
}

}  // namespace
}  // namespace conductor
