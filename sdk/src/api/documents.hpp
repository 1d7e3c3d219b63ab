#pragma once

#include <conductor/rest_client.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <optional>

namespace conductor::api {

/** @brief Reads a JSON object from the server. */
awaitable<result<boost::json::object>> read_document(std::shared_ptr<rest_client> rest,
                                                     rest_call call);

/** @brief Reads a JSON object that may not exist: none for 404 and for an empty answer. */
awaitable<result<std::optional<boost::json::object>>> find_document(
    std::shared_ptr<rest_client> rest, rest_call call);

/** @brief Calls for the effect; the answer's body does not matter. */
awaitable<result<void>> run_call(std::shared_ptr<rest_client> rest, rest_call call);

}  // namespace conductor::api
