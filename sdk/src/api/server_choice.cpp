#include "api/server_choice.hpp"

namespace conductor::api {

void server_choice::failed(std::size_t place, error_code error) {
    if (place == current_ && error == condition::network)
        current_ = (current_ + 1) % addresses_.size();
}

bool server_choice::may_repeat(failure const& error, bool repeatable, std::size_t calls) const {
    if (error.code != condition::network || calls >= addresses_.size()) return false;
    return repeatable || !error.may_have_arrived;
}

}  // namespace conductor::api
