#pragma once

#include "server_state.hpp"

#include "fakes/http_exchange.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief A request that belongs to an endpoint. */
struct endpoint_call {
    /** @brief The request. */
    http_request const& request;
    /** @brief What stands in the path for each `{}`. */
    std::vector<std::string> arguments{};
    /** @brief The body as JSON; null when it is none. */
    boost::json::value body{};
};

/** @brief One endpoint. */
struct endpoint {
    /** @brief The method. */
    std::string_view method;
    /** @brief The path below `/api`, with `{}` for a variable part. */
    std::string_view path;
    /** @brief Answers, with the state's mutex held. */
    http_answer (*answer)(server_state&, endpoint_call const&);
};

/** @brief Tasks: update, read, search, log. */
std::span<endpoint const> task_endpoints();
/** @brief Task and workflow definitions. */
std::span<endpoint const> metadata_endpoints();
/** @brief Executions. */
std::span<endpoint const> workflow_endpoints();
/** @brief Schedules. */
std::span<endpoint const> scheduler_endpoints();
/** @brief The access token. */
std::span<endpoint const> token_endpoints();

/** @brief 200 with JSON. */
http_answer json_answer(boost::json::value const& value);
/** @brief 200 with a bare text, e.g. an id. */
http_answer text_answer(std::string text);
/** @brief A status without a body. */
http_answer empty_answer(int status);
/** @brief An error in the shape of the open-source server. */
http_answer error_answer(int status, std::string_view message);

/** @brief Takes a `TaskResult` and notes it.
 *  @return The error, if it is one, else 200 with the task's id. */
http_answer take_update(server_state& state, boost::json::value const& body, int version);

}  // namespace conductor::test
