#pragma once

#include <contract/secret_source.hpp>

#include <conductor/client_options.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief All that a configuration takes from outside its text; tests replace it. */
struct surroundings {
    /** @brief An environment variable; none when it is not set, or empty. */
    std::function<std::optional<std::string>(std::string const& name)> variable;
    /** @brief Makes a reader of a secret out of `env:NAME`, `file:PATH` or `credential:NAME`.
     *  @par Errors  Those of `workers::make_secret_reader`. */
    std::function<result<workers::secret_reader>(std::string_view reference)> secret;
    /** @brief Whether a file can be read. */
    std::function<bool(std::string const& path)> readable;
    /** @brief The server as the environment describes it. */
    client_options server{};

    /** @brief Those of this process.
     *  @throws config_error when a variable about the server cannot be used. */
    static surroundings of_process();
};

}  // namespace conductor::daemon
