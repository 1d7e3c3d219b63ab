#pragma once

#include <fakes/fake_http_server.hpp>

#include <boost/json/object.hpp>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief What is wrong with the body of an export request; empty for nothing.
 *
 *  Checks the published encoding of OTLP in JSON: names in lowerCamelCase and no other ones, ids
 *  as hexadecimal digits of the right number, 64-bit numbers as texts of digits, enumerators as
 *  numbers of the protocol.
 *  @par Source  OpenTelemetry protocol, "JSON Protobuf Encoding"; `trace.proto`, `common.proto`. */
std::string otlp_fault(std::string const& body);

/** @brief A receiver of traces that refuses what is not exactly as the protocol says. */
class otlp_receiver {
public:
    otlp_receiver();

    /** @brief Where to send traces. */
    std::string url() const { return server_.url("/v1/traces"); }
    /** @brief The server, for scripted answers. */
    fake_http_server& server() { return server_; }
    /** @brief All spans that were taken, in order. */
    std::vector<boost::json::object> spans() const;
    /** @brief What was wrong with requests. */
    std::vector<std::string> faults() const;
    /** @brief Waits for so many spans in all; false when the time limit of tests was reached. */
    bool wait_for_spans(std::size_t count) const;

private:
    http_answer take(http_request const& request);

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<boost::json::object> spans_;
    std::vector<std::string> faults_;
    fake_http_server server_;  // last: its thread uses the rest
};

}  // namespace conductor::test
