#pragma once

#include <github_fetch/github_answer.hpp>

#include <chrono>
#include <optional>
#include <variant>

namespace conductor::workers::github {

/** @brief When an answer is judged. */
inline instant const judged_at{std::chrono::seconds{1000}};

/** @brief The fault of a verdict that is one. */
inline fault fault_in(verdict const& meaning) {
    auto const* const why = std::get_if<fault>(&meaning);
    return why != nullptr ? *why : fault{{"not a fault"}};
}

/** @brief How long a verdict asks to wait, when it does. */
inline std::optional<std::chrono::seconds> wait_in(verdict const& meaning) {
    auto const* const limit = std::get_if<rate_limit>(&meaning);
    return limit != nullptr ? std::optional{limit->wait} : std::nullopt;
}

}  // namespace conductor::workers::github
