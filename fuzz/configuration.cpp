// The daemon's YAML.

#include "fuzz.hpp"

#include <daemon/config/parse_config.hpp>

#include <string>

namespace conductor::fuzz {
namespace {

// Nothing of this machine comes in: each reference is good, each variable unset.
daemon::surroundings nowhere() {
    return {[](std::string const&) { return std::optional<std::string>{}; },
            [](std::string_view reference) -> result<workers::secret_reader> {
                auto reader = workers::make_secret_reader(reference);
                if (!reader) return reader.error();
                return workers::secret_reader{[] { return workers::secret{"secret"}; }};
            },
            [](std::string const&) { return true; },
            {}};
}

}  // namespace

void try_input(std::string_view input) {
    std::string const text(input);
    auto const parsed = daemon::parse_config("w.yaml", text, nowhere());
    for (auto const& fault : parsed.faults) {
        auto const line = fault.text();
        require(line.starts_with("w.yaml") || line.starts_with("environment"),
                "a fault has a place");
        require(line.find('\n') == line.npos, "a fault is one line");
    }
    require(!parsed.faults.empty() || !parsed.effective.empty(), "a good file has settings");
    auto const again = daemon::parse_config("w.yaml", text, nowhere());
    require(again.effective == parsed.effective, "a text means the same twice");
    require(again.faults.size() == parsed.faults.size(), "a text has the same faults twice");
}

}  // namespace conductor::fuzz
