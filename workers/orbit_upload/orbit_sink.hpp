#pragma once

#include <orbit_upload/http_channel.hpp>
#include <orbit_upload/sink.hpp>

namespace conductor::workers {

/** @brief Orbit's API, or a server that speaks it: one activity a request.
 *  @par Source  Orbit's OpenAPI document, `POST /{workspace_slug}/activities`. */
class orbit_sink final : public sink {
public:
    /** @brief Posts to `{base}/{workspace}/activities`. */
    explicit orbit_sink(http_channel channel);

    awaitable<std::vector<delivery_report>> deliver(delivery many) override;
    std::size_t batch_max() const override { return 1; }
    bool is_paced() const override { return true; }
    workers::key_rule key_rule() const override { return workers::key_rule::of_input; }

private:
    http_channel channel_;
};

}  // namespace conductor::workers
