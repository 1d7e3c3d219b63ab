#include <daemon/observers.hpp>

namespace conductor::daemon {

void observers::polled(std::string_view type, std::size_t tasks, std::chrono::nanoseconds took) {
    for (auto const& one : all_) one->polled(type, tasks, took);
}

void observers::poll_failed(std::string_view type, failure const& error,
                            std::chrono::milliseconds delay) {
    for (auto const& one : all_) one->poll_failed(type, error, delay);
}

void observers::started(task const& task) {
    for (auto const& one : all_) one->started(task);
}

void observers::finished(task const& task, task_result const& outcome,
                         std::chrono::nanoseconds took) {
    for (auto const& one : all_) one->finished(task, outcome, took);
}

void observers::updated(task_update const& update, std::chrono::nanoseconds took) {
    for (auto const& one : all_) one->updated(update, took);
}

void observers::update_failed(task_update const& update, failure const& error,
                              std::chrono::milliseconds delay) {
    for (auto const& one : all_) one->update_failed(update, error, delay);
}

void observers::update_lost(task_update const& update, failure const& error) {
    for (auto const& one : all_) one->update_lost(update, error);
}

void observers::given_back(task const& task) {
    for (auto const& one : all_) one->given_back(task);
}

void observers::loop_held(std::string_view type, std::chrono::nanoseconds held) {
    for (auto const& one : all_) one->loop_held(type, held);
}

void observers::draining(std::size_t running) {
    for (auto const& one : all_) one->draining(running);
}

}  // namespace conductor::daemon
