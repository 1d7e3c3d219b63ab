#include "definitions.hpp"

#include "members.hpp"

#include <utility>

namespace conductor::test {

namespace json = boost::json;

namespace {

template <class Map, class Key>
std::optional<json::object> find(Map const& map, Key const& key) {
    auto const found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace

void definitions::put_task(json::object definition) {
    auto name = text_of(definition, "name");
    tasks_[std::move(name)] = std::move(definition);
}

std::optional<json::object> definitions::task(std::string const& name) const {
    return find(tasks_, name);
}

bool definitions::remove_task(std::string const& name) { return tasks_.erase(name) != 0; }

void definitions::put_workflow(json::object definition) {
    auto const version = number_of(definition, "version", 1);
    definition["version"] = version;
    auto name = text_of(definition, "name");
    workflows_[std::move(name)][version] = std::move(definition);
}

std::optional<json::object> definitions::workflow(std::string const& name,
                                                  std::optional<std::int64_t> version) const {
    auto const versions = workflows_.find(name);
    if (versions == workflows_.end()) return std::nullopt;
    if (version) return find(versions->second, *version);
    return versions->second.rbegin()->second;
}

bool definitions::remove_workflow(std::string const& name, std::int64_t version) {
    auto const versions = workflows_.find(name);
    if (versions == workflows_.end() || versions->second.erase(version) == 0) return false;
    if (versions->second.empty()) workflows_.erase(versions);
    return true;
}

void definitions::put_schedule(json::object schedule) {
    auto name = text_of(schedule, "name");
    schedules_[std::move(name)] = std::move(schedule);
}

std::optional<json::object> definitions::schedule(std::string const& name) const {
    return find(schedules_, name);
}

void definitions::remove_schedule(std::string const& name) { schedules_.erase(name); }

bool definitions::pause_schedule(std::string const& name, bool paused) {
    auto const found = schedules_.find(name);
    if (found == schedules_.end()) return false;
    found->second["paused"] = paused;
    return true;
}

json::object definitions::runtime_metadata(std::string const& type) const {
    json::object values;
    auto const definition = task(type);
    auto const* const names = definition ? definition->if_contains("runtimeMetadata") : nullptr;
    if (names == nullptr || !names->is_array()) return values;
    for (auto const& each : names->get_array()) {
        auto const known = secrets_.find(std::string{each.as_string()});
        if (known != secrets_.end()) values[known->first] = known->second;
    }
    return values;
}

// A task without a definition gets these from the server, too.
std::int64_t definitions::retries(std::string const& type) const {
    return number(type, "retryCount", 3);
}

std::int64_t definitions::response_timeout(std::string const& type) const {
    return number(type, "responseTimeoutSeconds", 3600);
}

std::chrono::seconds definitions::retry_delay(std::string const& type,
                                              std::int64_t attempts) const {
    std::chrono::seconds const delay{number(type, "retryDelaySeconds", 60)};
    auto const definition = task(type);
    auto const logic = definition ? text_of(*definition, "retryLogic") : std::string{};
    if (logic == "LINEAR_BACKOFF") return delay * attempts * number(type, "backoffScaleFactor", 1);
    if (logic == "EXPONENTIAL_BACKOFF") return delay * (std::int64_t{1} << (attempts - 1));
    return delay;
}

std::int64_t definitions::number(std::string const& type, std::string const& member,
                                 std::int64_t otherwise) const {
    auto const definition = task(type);
    return definition ? number_of(*definition, member, otherwise) : otherwise;
}

}  // namespace conductor::test
