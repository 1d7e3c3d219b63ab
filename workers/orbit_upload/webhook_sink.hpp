#pragma once

#include <orbit_upload/http_channel.hpp>
#include <orbit_upload/sink.hpp>

namespace conductor::workers {

/** @brief An address of the operator's own that takes signed batches of activities.
 *
 *  The secret signs the body and is never sent.
 */
class webhook_sink final : public sink {
public:
    /** @brief Posts to the base itself. */
    explicit webhook_sink(http_channel channel);

    awaitable<std::vector<delivery_report>> deliver(delivery many) override;
    std::size_t batch_max() const override { return 100; }
    bool is_paced() const override { return true; }
    workers::key_rule key_rule() const override { return workers::key_rule::of_sink; }

private:
    http_channel channel_;
};

/** @brief The body of a webhook's request: `{"workspace": …, "activities": […]}`. */
std::string webhook_body(std::string_view workspace, std::vector<boost::json::object> activities);

/** @brief What a webhook's answer says. Any 2xx took all activities, whatever its body: receivers
 *  answer as they please. */
delivery_report read_webhook_answer(http::response const& answer, instant now);

}  // namespace conductor::workers
