#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::daemon {

/** @brief What a definition defines. */
enum class definition_kind {
    /** @brief A task type. */
    task,
    /** @brief A workflow. */
    workflow,
    /** @brief A schedule of a workflow. */
    schedule,
};

/** @brief A definition of a file. */
struct definition {
    /** @brief What it defines. */
    definition_kind kind;
    /** @brief Its name. */
    std::string name;
    /** @brief A workflow's version; none for the others. */
    std::optional<int> version;
    /** @brief The definition itself. */
    boost::json::object document;

    /** @brief `workflow github_star_workflow version 1`. */
    std::string title() const;
};

/** @brief The definitions of a folder, in the order in which a server takes them. */
struct definition_set {
    /** @brief Task definitions, then workflows, then schedules; each kind by file name. */
    std::vector<definition> definitions;
    /** @brief What is wrong with files; to be used only when there is nothing. */
    std::vector<std::string> faults;
};

/** @brief Reads a folder: task definitions from `taskdefs.json`, workflows from the other `*.json`
 *  files, schedules from `schedules/`*`.json`. Other folders are left alone. */
definition_set read_definitions(std::string const& folder);

}  // namespace conductor::daemon
