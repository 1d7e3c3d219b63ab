#include "api/task_text.hpp"

#include "api/answer_memory.hpp"
#include "api/json_text.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

namespace conductor::detail {
namespace {

// So few that an object of them needs no hash table.
constexpr std::array<std::string_view, 16> kept_names{"taskId",
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
                                                      "externalOutputPayloadStoragePath",
                                                      "reasonForIncompletion"};

}  // namespace

bool task_text::leaves_out(std::string_view name) {
    return std::ranges::find(kept_names, name) == kept_names.end();
}

boost::json::object const& task_text::document() const {
    std::call_once(document_once_, [this] {
        auto parsed = api::parse_json(text_, {});
        assert(parsed && parsed->is_object());
        if (parsed && parsed->is_object()) document_ = std::move(parsed->get_object());
    });
    return document_;
}

boost::json::value const& task_text::input() const {
    std::call_once(input_once_, [this] {
        api::open_memory memory(input_text_.size() * 2 + 512);
        auto parsed = api::parse_json(input_text_, memory.storage());
        assert(parsed && parsed->is_object());
        // Constructed, not assigned, which would copy it into memory of its own.
        std::destroy_at(&input_);
        if (parsed && parsed->is_object())
            std::construct_at(&input_, *std::move(parsed));
        else
            std::construct_at(&input_, boost::json::object_kind);
    });
    return input_;
}

}  // namespace conductor::detail
