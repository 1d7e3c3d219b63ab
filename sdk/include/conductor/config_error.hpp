#pragma once

#include <stdexcept>

namespace conductor {

/** @brief A setting that cannot be used; the message names it and says what to do. */
class config_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace conductor
