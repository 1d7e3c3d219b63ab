#pragma once

#include "facts.hpp"
#include "network.hpp"
#include "parking_lot.hpp"
#include "server.hpp"

#include <conductor/task_api.hpp>

#include <memory>

namespace conductor::simulation {

/** @brief The server, as one process reaches it over the network. */
class simulated_api final : public task_api {
public:
    /** @brief Where the calls go and who makes them. */
    struct ends {
        std::shared_ptr<life> of;
        std::shared_ptr<parking_lot> lot;
        network* way;
        server* at;
        facts* noted;
    };
    explicit simulated_api(ends all) : all_(std::move(all)) {}

    awaitable<result<std::vector<task>>> poll(poll_request request) override;
    awaitable<result<void>> update(task_update const& update) override;
    awaitable<result<std::optional<task>>> update_and_poll(task_update const& update) override;
    awaitable<result<void>> extend_lease(lease_request request) override;
    awaitable<result<std::vector<task>>> search(search_request request) override;
    awaitable<result<void>> log(std::string task_id, std::string text) override;
    awaitable<result<task>> get(std::string task_id) override;
    awaitable<result<boost::json::object>> fetch_input(std::string path) override;
    awaitable<result<boost::json::object>> fetch_output(std::string path) override;
    awaitable<result<std::string>> store_output(std::string output) override;

private:
    ends all_;
};

}  // namespace conductor::simulation
