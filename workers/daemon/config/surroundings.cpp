#include <daemon/config/surroundings.hpp>

#include <cstdlib>
#include <fstream>

namespace conductor::daemon {
namespace {

std::optional<std::string> process_variable(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string{value};
}

// Opening a directory succeeds, reading from it does not.
bool is_readable(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    file.peek();
    return !file.bad() && file.is_open();
}

}  // namespace

surroundings surroundings::of_process() {
    return {process_variable, workers::make_secret_reader, is_readable,
            client_options::from_environment()};
}

}  // namespace conductor::daemon
