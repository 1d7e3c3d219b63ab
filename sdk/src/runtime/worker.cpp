#include <conductor/worker.hpp>

#include "base/environment_variables.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace conductor {
namespace {

std::string upper_case(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

// The most specific name wins.
std::array<std::string, 3> names_of(std::string const& type, std::string const& property) {
    return {"CONDUCTOR_WORKER_" + upper_case(type) + "_" + property,
            "CONDUCTOR_WORKER_ALL_" + property, "CONDUCTOR_WORKER_" + property};
}

std::optional<std::int64_t> number_of(std::string const& type, std::string const& property,
                                      std::int64_t min) {
    for (auto const& name : names_of(type, property))
        if (auto const number = base::read_number(name, min)) return number;
    return std::nullopt;
}

}  // namespace

worker_options worker_options::with_environment(std::string const& type) const {
    using std::chrono::milliseconds;
    auto options = *this;
    if (auto const threads = number_of(type, "THREAD_COUNT", 1))
        options.slots = static_cast<std::size_t>(*threads);
    for (auto const& name : names_of(type, "DOMAIN")) {
        if (auto value = base::read_variable(name)) {
            options.domain = *std::move(value);
            break;
        }
    }
    for (auto const* property : {"POLL_INTERVAL", "POLL_INTERVAL_MILLIS"})
        if (auto const interval = number_of(type, property, 0))
            options.poll_interval = milliseconds{*interval};
    if (auto const timeout = number_of(type, "POLL_TIMEOUT", 0))
        options.poll_timeout = milliseconds{*timeout};
    return options;
}

}  // namespace conductor
