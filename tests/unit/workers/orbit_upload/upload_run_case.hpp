#pragma once

#include "scripted_sink.hpp"

#include <orbit_upload/upload_run.hpp>

#include <support/leaping_clock.hpp>
#include <support/run_coroutine.hpp>

#include <gtest/gtest.h>
#include <boost/json/array.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace conductor::workers::test {

/** @brief A sink's word that there were too many requests. */
inline delivery_report limited(std::chrono::seconds retry_after) {
    return {.outcome = delivery_outcome::limited,
            .why = {.code = codes::sink_rate_limited, .message = "busy", .http_status = 429},
            .retry_after = retry_after};
}

/** @brief A sink's refusal of an activity. */
inline delivery_report rejected() {
    return {.outcome = delivery_outcome::rejected,
            .why = {.code = codes::sink_rejected, .message = "refused", .http_status = 422}};
}

/** @brief A sink, and a task of activities k0, k1, … that is run against it claim by claim. */
struct upload_run_case : testing::Test {
    boost::asio::io_context loop;
    std::shared_ptr<conductor::test::leaping_clock> clock =
        std::make_shared<conductor::test::leaping_clock>();
    scripted_sink* sink = new scripted_sink;  // owned by `target`
    upload_target target{"local", std::unique_ptr<workers::sink>{sink}, {}};
    std::stop_source stop;
    std::optional<std::chrono::seconds> response_timeout;
    boost::json::array activities;
    upload_request request;
    std::vector<std::string> log;

    void activities_up_to(int count) {
        for (int index = 0; index != count; ++index)
            activities.push_back({{"title", "t"}, {"key", "k" + std::to_string(index)}});
        request.workspace = "oss";
    }

    task_result claim(boost::json::object const& previous = {}) {
        task const task{boost::json::object{{"outputData", previous},
                                            {"workflowInstanceId", "w"},
                                            {"referenceTaskName", "upload__1"}}};
        auto const deadline =
            response_timeout ? std::optional{clock->now() + *response_timeout} : std::nullopt;
        task_context context{task, stop.get_token(), deadline, clock};
        request.activities.clear();
        for (auto const& activity : activities) request.activities.push_back(&activity.as_object());
        upload_run run{target, request, context, clock};
        auto result = conductor::test::run_coroutine(loop, run.send_all());
        log.clear();
        for (auto const& line : context.take_logs()) log.push_back(line.text);
        return result;
    }
};

}  // namespace conductor::workers::test
