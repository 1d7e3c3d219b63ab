#pragma once

#include "fakes/http_exchange.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>

namespace conductor::test {

/** @brief What Orkes' published OpenAPI document says of calls, by
 * `tests/conformance/orkes_api.json`.
 *
 *  Each call of ours is in that document, or in the list of those that we make all the same, since
 *  other servers know them and we get along where one is missing. */
class orkes_api {
public:
    /** @brief Reads the table. */
    orkes_api();

    /** @brief Whether a call may be made: a method and a path's template, e.g.
     *  `GET /tasks/{taskId}`. */
    bool allows(std::string_view call) const;
    /** @brief What is wrong with a request as it was received; empty for nothing. */
    std::string fault_of(http_request const& request) const;
    /** @brief What is wrong with a body that we send; empty for nothing.
     *  @param schema  Name of its schema, e.g. `TaskResult`. */
    std::string fault_of(std::string_view schema, boost::json::object const& body) const;

private:
    std::string fault_of_body(std::string_view schema, std::string const& text) const;
    boost::json::object const* find(http_request const& request) const;

    boost::json::object table_;
};

/** @brief Fails the test for each of these requests that Orkes' document does not cover. */
void expect_within_orkes_api(std::span<http_request const> requests);

}  // namespace conductor::test
