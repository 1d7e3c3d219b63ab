#pragma once

#include <contract/secret_source.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers {

/** @brief A secret, and where it came from. */
struct resolved_secret {
    /** @brief The secret. */
    secret value;
    /** @brief The name the operator gave it; empty for a literal in the task's input. */
    std::string name{};

    /** @brief Whether the input held the secret itself. */
    bool is_literal() const { return name.empty(); }
};

/** @brief Which secrets one worker, or one sink, may use.
 *
 *  Where a secret goes is the operator's choice: an input can name only what is listed here.
 */
struct secret_access {
    /** @brief The configured secrets; none means that only literals can be used. */
    std::shared_ptr<secret_source const> source{};
    /** @brief The names that an input may ask for. */
    std::vector<std::string> allowed{};
    /** @brief The listed name that stands for an empty input; empty for no secret. */
    std::string default_secret{};

    /** @brief The secret that an input member asks for: a literal, or `secret:NAME`.
     *
     *  @param input  Empty asks for `default_secret`.
     *  @return The secret; none when the input is empty and there is no default.
     *  @par Errors  `errc::bad_value` for a name that is not listed, a secret that cannot be read,
     *               a literal that cannot be sent, and the forms `env:`, `file:`, `credential:`,
     *               which only the configuration may use. `detail` repeats nothing of the input.
     */
    result<std::optional<resolved_secret>> resolve(std::string_view input) const;

private:
    result<std::optional<resolved_secret>> read_listed(std::string_view name) const;
};

}  // namespace conductor::workers
