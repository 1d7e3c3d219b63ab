#include "task_attributes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace conductor::tracing {
namespace {

struct operation_type {
    std::string_view operation;
    char const* type;
};
constexpr std::array operation_types{
    operation_type{"poll", "receive"}, operation_type{"execute", "process"},
    operation_type{"update", "settle"}, operation_type{"task", "process"}};

// What the span of a part repeats of its task.
constexpr std::size_t shared_facts = 9;

std::string type_of(std::string_view operation) {
    for (auto const& [name, type] : operation_types)
        if (name == operation) return type;
    return "process";
}

void add(std::vector<attribute>& to, char const* key, std::string_view value) {
    if (!value.empty()) to.push_back({key, std::string{value}});
}

}  // namespace

std::vector<attribute> task_attributes(task const& claimed, std::string_view operation) {
    std::string const type{claimed.type()};
    std::string const id{claimed.id()};
    std::string const workflow{claimed.workflow_id()};
    return {{"messaging.operation.name", std::string{operation}},
            {"messaging.operation.type", type_of(operation)},
            {"messaging.system", "conductor"},
            {"messaging.destination.name", type},
            {"messaging.message.id", id},
            {"messaging.message.conversation_id", workflow},
            {"conductor.task.type", type},
            {"conductor.task.id", id},
            {"conductor.workflow.id", workflow}};
}

std::vector<attribute> claim_attributes(task const& claimed) {
    std::vector<attribute> facts{{"conductor.task.poll_count", claimed.poll_count()},
                                 {"conductor.task.retry_count", claimed.retry_count()}};
    add(facts, "conductor.task.reference_name", claimed.reference_name());
    add(facts, "conductor.task.domain", claimed.domain());
    add(facts, "conductor.workflow.type", claimed.workflow_type());
    add(facts, "conductor.worker.id", claimed.worker_id());
    return facts;
}

std::vector<attribute> part_attributes(std::vector<attribute> whole, std::string_view operation) {
    whole.resize(std::min(whole.size(), shared_facts));
    whole.at(0).value = std::string{operation};
    whole.at(1).value = type_of(operation);
    return whole;
}

}  // namespace conductor::tracing
