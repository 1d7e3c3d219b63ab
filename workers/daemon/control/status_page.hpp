#pragma once

#include <daemon/control/status_facts.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief The page that shows the facts: HTML that works without its script.
 *
 *  Whatever the facts hold is text in it, never markup.
 *  @param form_key  Goes into the forms that pause and resume a task type, and log out; without
 *                   one there are no such forms. */
std::string render_status_page(status_facts const& facts,
                               std::optional<std::string> const& form_key);

/** @brief The part of that page that changes: what its script puts in the place of what it has. */
std::string render_status(status_facts const& facts, std::optional<std::string> const& form_key);

/** @brief The page that asks for the token.
 *  @param complaint  Why the last one did not do; empty for none. Words of ours. */
std::string render_login_page(std::string_view complaint);

}  // namespace conductor::daemon
