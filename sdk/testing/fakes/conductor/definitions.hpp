#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace conductor::test {

/** @brief Task definitions, workflow definitions and schedules, kept as they were written. */
class definitions {
public:
    /** @brief Writes a task definition. */
    void put_task(boost::json::object definition);
    /** @brief Reads a task definition. */
    std::optional<boost::json::object> task(std::string const& name) const;
    /** @brief Deletes a task definition; false if there is none. */
    bool remove_task(std::string const& name);
    /** @brief Writes a workflow definition, version 1 unless it names one. */
    void put_workflow(boost::json::object definition);
    /** @brief Reads a workflow definition; the newest without a version. */
    std::optional<boost::json::object> workflow(std::string const& name,
                                                std::optional<std::int64_t> version) const;
    /** @brief Deletes a version of a workflow definition; false if there is none. */
    bool remove_workflow(std::string const& name, std::int64_t version);
    /** @brief Writes a schedule. */
    void put_schedule(boost::json::object schedule);
    /** @brief Reads a schedule. */
    std::optional<boost::json::object> schedule(std::string const& name) const;
    /** @brief Deletes a schedule. */
    void remove_schedule(std::string const& name);
    /** @brief Pauses a schedule or lets it go on; false if there is none. */
    bool pause_schedule(std::string const& name, bool paused);
    /** @brief Keeps a secret, as an operator does. */
    void put_secret(std::string const& name, std::string value) { secrets_[name] = value; }
    /** @brief What a task of a type is sent of the secrets: those that `runtimeMetadata` of its
     *  definition names. */
    boost::json::object runtime_metadata(std::string const& type) const;

    /** @brief How often a failed task of a type is tried again. */
    std::int64_t retries(std::string const& type) const;
    /** @brief How long a task waits before its next attempt.
     *  @param attempts  How many were made, from 1. */
    std::chrono::seconds retry_delay(std::string const& type, std::int64_t attempts) const;
    /** @brief The response timeout of a type, in seconds. */
    std::int64_t response_timeout(std::string const& type) const;

private:
    std::int64_t number(std::string const& type, std::string const& member,
                        std::int64_t otherwise) const;

    std::map<std::string, boost::json::object> tasks_;
    std::map<std::string, std::map<std::int64_t, boost::json::object>> workflows_;
    std::map<std::string, boost::json::object> schedules_;
    std::map<std::string, std::string> secrets_;
};

}  // namespace conductor::test
