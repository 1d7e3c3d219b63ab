#include <daemon/commands/load_config.hpp>

#include <daemon/text_file.hpp>

#include <conductor/config_error.hpp>

namespace conductor::daemon {
namespace {

parsed_config parse_file(std::string const& file, surroundings const& around) {
    auto const text = read_text_file(file);
    if (text.has_error())
        throw config_error("cannot read the configuration: " + text.error().message());
    return parse_config(file, *text, around);
}

}  // namespace

parsed_config load_config(std::string const& file, surroundings const& around) {
    parsed_config parsed = file.empty() ? config_of_environment(around) : parse_file(file, around);
    if (parsed.faults.empty()) return parsed;
    std::string text;
    for (fault const& one : parsed.faults) {
        if (!text.empty()) text += '\n';
        text += one.text();
    }
    throw config_error(text);
}

}  // namespace conductor::daemon
