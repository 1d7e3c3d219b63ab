#pragma once

#include <conductor/rest_client.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>

namespace conductor {

/** @brief Reads and writes definitions.
 *
 *  A definition is the server's JSON object itself, so a read-modify-write loses nothing that the
 *  SDK does not know.
 *  @par Errors  `rest_client::call_json`'s.
 *  @par Source  Conductor `MetadataResource`. */
class metadata_client {
public:
    /** @brief A client over a shared connection to the server. */
    explicit metadata_client(std::shared_ptr<rest_client> rest);

    /** @brief Reads a task definition; none if there is none of that name. */
    awaitable<result<std::optional<boost::json::object>>> task_definition(std::string name);
    /** @brief Creates a task definition. */
    awaitable<result<void>> create_task_definition(boost::json::object definition);
    /** @brief Replaces a task definition. */
    awaitable<result<void>> update_task_definition(boost::json::object definition);

    /** @brief Reads a workflow definition; none if there is none of that name and version.
     *  @param version  None for the newest. */
    awaitable<result<std::optional<boost::json::object>>> workflow_definition(
        std::string name, std::optional<int> version = {});
    /** @brief Creates or replaces a workflow definition. */
    awaitable<result<void>> put_workflow_definition(boost::json::object definition);

private:
    std::shared_ptr<rest_client> rest_;
};

}  // namespace conductor
