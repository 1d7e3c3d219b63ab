#include <daemon/definitions/registry.hpp>

namespace conductor::daemon {

awaitable<result<std::optional<boost::json::object>>> registry::find(definition const& wanted) {
    switch (wanted.kind) {
        case definition_kind::task: return metadata_.task_definition(wanted.name);
        case definition_kind::workflow:
            return metadata_.workflow_definition(wanted.name, wanted.version);
        case definition_kind::schedule: break;
    }
    return schedules_.get(wanted.name);
}

awaitable<result<void>> registry::put(definition const& wanted, bool exists) {
    switch (wanted.kind) {
        case definition_kind::task:
            return exists ? metadata_.update_task_definition(wanted.document)
                          : metadata_.create_task_definition(wanted.document);
        case definition_kind::workflow: return metadata_.put_workflow_definition(wanted.document);
        case definition_kind::schedule: break;
    }
    return schedules_.put(wanted.document);
}

}  // namespace conductor::daemon
