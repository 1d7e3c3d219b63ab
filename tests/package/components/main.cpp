// A worker with outbox, metrics and traces, on one task of a fake server. Argument: a folder.
#include <conductor/conductor.hpp>
#include <conductor/opentelemetry.hpp>
#include <conductor/prometheus.hpp>
#include <conductor/sqlite_outbox.hpp>
#include <conductor/testing/fake_server.hpp>

#include <iostream>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

int main(int, char** arguments) {
    std::string const folder{arguments[1]};
    conductor::test::fake_server server;
    auto const metrics = std::make_shared<conductor::prometheus_metrics>();
    // Nothing listens there, and nothing is sent: no span is put in.
    conductor::opentelemetry_traces const traces{{.endpoint = "http://127.0.0.1:9/v1/traces"}};

    conductor::runtime_options options{.observer = metrics};
    options.outbox = std::make_shared<conductor::sqlite_outbox>(
        conductor::sqlite_outbox_options{.path = folder + "/outbox.db"});
    options.outbox_mode = conductor::outbox_mode::always;
    conductor::runtime runtime{server.client(), options};
    runtime.add("echo", [](boost::json::object const& in) { return in; });

    std::string status;
    {
        std::jthread const running{[&](std::stop_token stop) { runtime.run(stop); }};
        auto const id = server.enqueue({.type = "echo", .input = {{"said", "hello"}}});
        status = server.wait_for_end(id).status();
    }
    bool const counted = metrics->text().find("taskType=\"echo\"") != std::string::npos;
    std::cout << status << (counted ? ", counted\n" : ", not counted\n");
    return status == "COMPLETED" && counted && traces.counts().dropped == 0 ? 0 : 1;
}
