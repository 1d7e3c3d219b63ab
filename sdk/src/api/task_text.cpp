#include "api/task_text.hpp"

#include "api/json_text.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace conductor::detail {
namespace {

// So few that an object of them needs no hash table.
constexpr std::array<std::string_view, 15> kept_names{"taskId",
                                                      "taskType",
                                                      "status",
                                                      "workflowInstanceId",
                                                      "workflowType",
                                                      "workerId",
                                                      "domain",
                                                      "pollCount",
                                                      "referenceTaskName",
                                                      "retryCount",
                                                      "inputData",
                                                      "outputData",
                                                      "responseTimeoutSeconds",
                                                      "externalInputPayloadStoragePath",
                                                      "reasonForIncompletion"};

}  // namespace

bool task_text::leaves_out(std::string_view name) {
    return std::ranges::find(kept_names, name) == kept_names.end();
}

boost::json::object const& task_text::document() const {
    std::call_once(once_, [this] {
        auto parsed = api::parse_json(text_, {});
        assert(parsed && parsed->is_object());
        if (parsed && parsed->is_object()) document_ = std::move(parsed->get_object());
    });
    return document_;
}

}  // namespace conductor::detail
