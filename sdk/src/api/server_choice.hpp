#pragma once

#include <conductor/error.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace conductor::api {

/** @brief Decides which of a cluster's addresses is called.
 *
 *  All calls go to one address until it fails below HTTP, then to the next one in turn. An answer,
 *  whatever its status, shows that the address is well.
 */
class server_choice {
public:
    /** @brief For addresses in the order to try them; at least one. */
    explicit server_choice(std::vector<std::string> addresses) : addresses_(std::move(addresses)) {}

    /** @brief The place of the address to call now. */
    std::size_t current() const { return current_; }
    /** @brief The address at a place. */
    std::string const& address(std::size_t place) const { return addresses_[place]; }
    /** @brief How many there are. */
    std::size_t size() const { return addresses_.size(); }

    /** @brief A call to an address failed. Calls that were under way to the same address move the
     *  choice once, not once each. */
    void failed(std::size_t place, error_code error);

    /** @brief Whether a call that failed may be made once more, at the next address.
     *  @param repeatable  Doing it twice is harmless.
     *  @param calls       How often it was made. */
    bool may_repeat(failure const& error, bool repeatable, std::size_t calls) const;

private:
    std::vector<std::string> addresses_;
    std::size_t current_ = 0;
};

}  // namespace conductor::api
