#pragma once

#include <orbit_upload/http_channel.hpp>
#include <orbit_upload/sink.hpp>

namespace conductor::workers {

/** @brief Common Room's API: one activity a request; the workspace is the number of a destination
 *  source.
 *  @par Source  Common Room's OpenAPI document, `POST /source/{destinationSourceId}/activity`. */
class commonroom_sink final : public sink {
public:
    /** @brief Posts to `{base}/source/{workspace}/activity`. */
    explicit commonroom_sink(http_channel channel);

    awaitable<std::vector<delivery_report>> deliver(delivery many) override;
    std::size_t batch_max() const override { return 1; }
    bool is_paced() const override { return true; }
    workers::key_rule key_rule() const override { return workers::key_rule::of_input; }

private:
    http_channel channel_;
};

}  // namespace conductor::workers
