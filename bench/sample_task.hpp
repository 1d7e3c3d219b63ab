#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

namespace conductor::bench {

/** @brief An input of about so many bytes: rows, as a worker of data sees them. */
inline std::string sample_input(std::size_t bytes) {
    std::string text = R"({"x":1,"rows":[)";
    for (int row = 0; text.size() + 4 < bytes; ++row) {
        if (row > 0) text += ',';
        char name[16];
        std::snprintf(name, sizeof name, "row-%06d", row);
        auto const number = std::to_string(row);
        text += R"({"id":)" + number + R"(,"name":")" + name + R"(","value":)" + number +
                R"(.5,"ok":true})";
    }
    return text + "]}";
}

/** @brief A polled task as Conductor 3.32 sends it: its definition comes along twice. */
inline std::string sample_task(std::size_t input_bytes) {
    std::string const definition =
        R"({"createTime":1795437126067,"updateTime":0,"createdBy":"","name":"echo","retryCount":0,)"
        R"("timeoutSeconds":600,"inputKeys":[],"outputKeys":[],"runtimeMetadata":[],)"
        R"("timeoutPolicy":"TIME_OUT_WF","retryLogic":"FIXED","retryDelaySeconds":60,)"
        R"("responseTimeoutSeconds":300,"inputTemplate":{},"rateLimitPerFrequency":0,)"
        R"("rateLimitFrequencyInSeconds":1,"ownerEmail":"b@example.com","backoffScaleFactor":1,)"
        R"("maxRetryDelaySeconds":0,"backoffJitterMs":0,"totalTimeoutSeconds":0,)"
        R"("taskStatusListenerEnabled":true,"enforceSchema":false})";
    return R"({"taskType":"echo","status":"IN_PROGRESS","inputData":)" + sample_input(input_bytes) +
           R"(,"referenceTaskName":"echo","retryCount":0,"seq":1,"pollCount":1,)"
           R"("taskDefName":"echo","scheduledTime":1795437127106,"startTime":1795437127914,)"
           R"("endTime":0,"updateTime":1795437127980,"startDelayInSeconds":0,"retried":false,)"
           R"("executed":false,"callbackFromWorker":true,"responseTimeoutSeconds":300,)"
           R"("workflowInstanceId":"99f72d2f-8b5e-4cb0-aa8a-224de0b6a8bb",)"
           R"("workflowType":"bench_wf","taskId":"00000000-0000-4000-8000-000000000001",)"
           R"("callbackAfterSeconds":0,"workerId":"w","outputData":{},"workflowTask":)"
           R"({"name":"echo","taskReferenceName":"echo","inputParameters":)"
           R"({"x":"${workflow.input.x}"},"type":"SIMPLE","decisionCases":{},"defaultCase":[],)"
           R"("forkTasks":[],"startDelay":0,"joinOn":[],"optional":false,"taskDefinition":)" +
           definition +
           R"(,"defaultExclusiveJoinTask":[],"asyncComplete":false,"loopOver":[],)"
           R"("onStateChange":{},"permissive":false,"metadata":{}},"rateLimitPerFrequency":0,)"
           R"("rateLimitFrequencyInSeconds":1,"workflowPriority":0,"iteration":0,)"
           R"("subworkflowChanged":false,"firstStartTime":0,"executionMetadata":)"
           R"({"additionalContext":{},"empty":true,"additionalContextMap":{}},"taskDefinition":)" +
           definition + R"(,"loopOverTask":false,"queueWaitTime":808})";
}

}  // namespace conductor::bench
