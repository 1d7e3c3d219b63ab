#pragma once

#include <daemon/control/logins.hpp>
#include <daemon/control/request_guard.hpp>
#include <daemon/control/status_facts.hpp>
#include <daemon/health/admin_request.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief The longest body that a form of the site's sends. */
inline constexpr std::size_t control_body_bytes_max = 4096;

/** @brief Answers the requests of the admin page: the page, its facts as JSON and as a stream, and
 *  the forms that pause and resume task types.
 *
 *  Without a token everybody who reaches it sees the facts, and nobody changes anything. With one
 *  everything needs a login or `Authorization: Bearer`, and a change by form also the login's
 *  form key and an `Origin` that is this site.
 *  @par Threads  The runtime's.
 */
class control_site : public std::enable_shared_from_this<control_site> {
public:
    /** @brief What it stands on. */
    struct parts {
        /** @brief What there is to see. */
        std::function<status_facts()> facts;
        /** @brief Pauses a task type, or resumes it; false when there is none of that name. */
        std::function<bool(std::string const&, bool)> set_paused;
        /** @brief Who may; none without a token. */
        std::shared_ptr<logins> who{};
        /** @brief Whose requests are looked at. */
        request_guard guard;
    };

    /** @brief Made by `std::make_shared`: answers that go on keep it. */
    explicit control_site(parts all) : all_(std::move(all)) {}

    /** @brief Answers a request. */
    admin_answer answer(admin_request const& request);

private:
    // Who asks: nobody known, somebody with a login, or a program that knows the token.
    struct visitor {
        bool may_see = false;
        bool is_program = false;
        login const* who = nullptr;
        std::string form_key() const { return who == nullptr ? std::string{} : who->form_key; }
    };

    admin_answer route(admin_request const& request);
    visitor visitor_of(admin_request const& request);
    admin_answer get(admin_request const& request);
    admin_answer stream(admin_request const& request, bool as_page);
    std::optional<std::string> piece_for(admin_request const& request, bool as_page);
    admin_answer post(admin_request const& request);
    admin_answer log_in(admin_request const& request);
    admin_answer log_out(visitor const& by);
    admin_answer set_paused(std::string const& type, bool paused, visitor const& by);

    parts all_;
};

}  // namespace conductor::daemon
