#pragma once

#include <daemon/config/parse_config.hpp>

#include <conductor/config_error.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief A world around a configuration that a test makes up. */
struct config_case {
    /** @brief Environment variables. */
    std::map<std::string, std::string> variables{};
    /** @brief What secrets hold, by reference, e.g. `env:GITHUB_TOKEN`. */
    std::map<std::string, std::string> secrets{{"env:GITHUB_TOKEN", "ghp_abc"},
                                               {"env:ORBIT_API_KEY", "obw_abc"}};
    /** @brief Files that can be read. */
    std::set<std::string> files{};
    /** @brief The server as the environment describes it. */
    client_options server{};

    /** @brief This world as the parser sees it. */
    daemon::surroundings around() const {
        return {[this](std::string const& name) { return find_variable(name); },
                [this](std::string_view reference) { return make_reader(reference); },
                [this](std::string const& path) { return files.contains(path); }, server};
    }

    /** @brief Parses a text as the file `w.yaml`. */
    daemon::parsed_config parse(std::string const& text) const {
        return daemon::parse_config("w.yaml", text, around());
    }

    /** @brief The faults of a text, one line each. */
    std::vector<std::string> faults(std::string const& text) const {
        std::vector<std::string> out;
        for (auto const& one : parse(text).faults) out.push_back(one.text());
        return out;
    }

private:
    std::optional<std::string> find_variable(std::string const& name) const {
        auto const found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    }

    result<workers::secret_reader> make_reader(std::string_view reference) const {
        auto const real = workers::make_secret_reader(reference);
        if (real.has_error()) return real.error();
        std::string const name{reference};
        auto const found = secrets.find(name);
        if (found == secrets.end()) {
            return workers::secret_reader{[name]() -> result<workers::secret> {
                return failure{errc::bad_value, name + " is not there"};
            }};
        }
        return workers::secret_reader{
            [text = found->second]() -> result<workers::secret> { return workers::secret{text}; }};
    }
};

/** @brief What a setting was found to be, as `VALUE (ORIGIN)`; empty when it is not listed. */
inline std::string effective(daemon::parsed_config const& parsed, std::string const& path) {
    for (auto const& one : parsed.effective)
        if (one.path == path) return one.value + " (" + one.origin + ")";
    return {};
}

}  // namespace conductor::test
