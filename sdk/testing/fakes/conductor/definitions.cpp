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

void definitions::put_schedule(json::object schedule) {
    auto name = text_of(schedule, "name");
    schedules_[std::move(name)] = std::move(schedule);
}

std::optional<json::object> definitions::schedule(std::string const& name) const {
    return find(schedules_, name);
}

void definitions::remove_schedule(std::string const& name) { schedules_.erase(name); }

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
