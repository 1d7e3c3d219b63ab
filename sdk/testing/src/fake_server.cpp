#include <conductor/testing/fake_server.hpp>

#include "fakes/fake_conductor.hpp"

#include <stdexcept>
#include <utility>

namespace conductor::test {

namespace {

constexpr int status_of_unknown_call = 404;

fake_conductor_options made_of(fake_server_options const& options) {
    return {.honour_delays = options.honour_delays,
            .update_v2_status = options.knows_update_v2 ? 0 : status_of_unknown_call,
            .auth_key = options.auth_key,
            .auth_secret = options.auth_secret};
}

std::string described(conductor::task const& task) {
    auto const quoted = [](std::string_view text) { return "\"" + std::string{text} + "\""; };
    return "the task " + quoted(task.id()) + " of the type " + quoted(task.type()) + " is still " +
           std::string{task.status()} + " (polled " + std::to_string(task.poll_count()) + " times)";
}

}  // namespace

class fake_server::implementation {
public:
    explicit implementation(fake_server_options given)
        : options(std::move(given)), server(made_of(options)) {}

    boost::json::object document(std::string const& id) const {
        auto found = server.find_task(id);
        if (!found) throw std::invalid_argument{"fake_server: there is no task \"" + id + "\""};
        return *std::move(found);
    }

    fake_server_options options;
    fake_conductor server;
};

fake_server::fake_server(fake_server_options options)
    : implementation_(std::make_unique<implementation>(std::move(options))) {}

fake_server::~fake_server() = default;

std::string fake_server::url() const { return implementation_->server.url(); }

client_options fake_server::client() const {
    return {.server_url = url(),
            .auth_key = implementation_->options.auth_key,
            .auth_secret = implementation_->options.auth_secret};
}

void fake_server::define_task(boost::json::object definition) {
    implementation_->server.define_task(std::move(definition));
}

std::string fake_server::enqueue(queued_task task) {
    return implementation_->server.enqueue(std::move(task));
}

conductor::task fake_server::task(std::string const& id) const {
    return conductor::task{implementation_->document(id)};
}

conductor::task fake_server::wait_for_end(std::string const& id) const {
    implementation_->document(id);
    bool const ended = implementation_->server.wait_for_end(id, implementation_->options.wait_max);
    auto reached = task(id);
    if (!ended) throw std::runtime_error{"fake_server: " + described(reached)};
    return reached;
}

std::vector<conductor::task> fake_server::workflow_of(std::string const& id) const {
    implementation_->document(id);
    auto execution = implementation_->server.workflow_of(id);
    std::vector<conductor::task> tasks;
    for (auto& each : execution.at("tasks").as_array())
        tasks.emplace_back(std::move(each.as_object()));
    return tasks;
}

std::vector<std::string> fake_server::log(std::string const& id) const {
    return implementation_->server.log_of(id);
}

}  // namespace conductor::test
