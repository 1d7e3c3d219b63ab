#pragma once

#include <contract/instant.hpp>
#include <orbit_upload/sink.hpp>

#include <conductor/http/client.hpp>

#include <memory>
#include <string>

namespace conductor::workers {

/** @brief What a sink's answer says, as its kind of sink reads it. */
using answer_reader = delivery_report (*)(http::response const& answer, instant now);

/** @brief The way to a sink that speaks HTTP: what all of them do alike.
 *
 *  @par Threads  The runtime's thread.
 */
class http_channel {
public:
    /** @brief Leads to an address.
     *  @param base  As `sink_base()` gives it. */
    http_channel(std::string base, std::shared_ptr<http::client> client,
                 std::shared_ptr<clock> clock);

    /** @brief The address. */
    std::string const& base() const { return base_; }

    /** @brief Posts a JSON text, and reads the answer.
     *
     *  Follows no redirect, so that a key goes to `base` alone. The request may be sent twice, as
     *  each activity has a key that makes a second copy a duplicate.
     *  @param request  Its URL, body and further headers.
     *  @param of       Gives time limit and stop token; its key is hidden in the report.
     */
    awaitable<delivery_report> post(http::request request, delivery const& of,
                                    answer_reader read) const;

private:
    std::string base_;
    std::shared_ptr<http::client> client_;
    std::shared_ptr<clock> clock_;
};

/** @brief A base without the slashes at its end.
 *  @par Errors  `errc::bad_url`: not an absolute http or https URL, or one with user name, query or
 *               fragment. */
result<std::string> sink_base(std::string base);

/** @brief A workspace percent-encoded, so that it stays one segment of a path. */
std::string path_segment(std::string_view workspace);

/** @brief The header value that shows a key. */
std::string bearer(secret const& key);

}  // namespace conductor::workers
