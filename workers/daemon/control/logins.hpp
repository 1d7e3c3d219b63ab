#pragma once

#include <contract/secret_source.hpp>

#include <conductor/environment.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::daemon {

/** @brief One person's login. */
struct login {
    /** @brief What the browser's cookie holds. */
    std::string id;
    /** @brief What the forms of its pages hold, and no other site can know. */
    std::string form_key;
};

/** @brief Who may see and change the daemon: whoever knew the token.
 *
 *  The token is read anew each time, so that another one takes hold without a restart, and ends
 *  the logins that the one before had opened. One that the configuration would refuse is nobody's.
 * Wrong tokens are counted: after ten within a minute none is looked at until the minute is over;
 * logins that are open go on.
 *  @par Threads  One.
 */
class logins {
public:
    /** @brief How long a login lasts. */
    static constexpr std::chrono::hours lifetime{12};
    /** @brief How many there may be; a further one ends the oldest. */
    static constexpr std::size_t logins_max = 32;
    /** @brief Wrong tokens in a minute. */
    static constexpr std::size_t wrong_max = 10;

    /** @brief What trying a token came to. */
    enum class attempt {
        /** @brief It is the token. */
        right,
        /** @brief It is not, or the token cannot be read. */
        wrong,
        /** @brief Nobody looked: there were too many wrong ones. */
        not_now,
    };

    /** @brief Nobody is logged in.
     *  @param token     Reads the token.
     *  @param make_key  Gives a text that nobody can guess, a new one each time.
     *  @param on_wrong  Told of every wrong token; none for silence. */
    logins(workers::secret_reader token, std::shared_ptr<clock> clock,
           std::function<std::string()> make_key, std::function<void()> on_wrong = {});

    /** @brief Tries a token. */
    attempt try_token(std::string_view given);
    /** @brief Whether a token that was right before is so still; counts nothing. */
    bool is_still(std::string_view given) const;
    /** @brief Opens a login, after the token was right. */
    login const& open();
    /** @brief The open login of that id; null when there is none. */
    login const* find(std::string_view id);
    /** @brief Ends a login. */
    void close(std::string_view id);

private:
    struct opened {
        login who;
        time_point until;
        std::string token_digest;
    };

    void forget_old_ones();

    workers::secret_reader token_;
    std::shared_ptr<clock> clock_;
    std::function<std::string()> make_key_;
    std::function<void()> on_wrong_;
    std::vector<opened> open_;
    std::deque<time_point> wrong_;
};

/** @brief A text of 43 letters that nobody can guess, out of the system's random numbers.
 *  @throws std::runtime_error when the system has none. */
std::string unguessable_text();

/** @brief Whether two texts are the same, in a time that does not depend on where they differ. */
bool same_secret(std::string_view left, std::string_view right);

}  // namespace conductor::daemon
