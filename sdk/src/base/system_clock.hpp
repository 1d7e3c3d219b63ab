#pragma once

#include <conductor/environment.hpp>

namespace conductor::base {

/** @brief The clock of the machine, with Asio timers. */
class system_clock final : public clock {
public:
    time_point now() const override;
    std::chrono::system_clock::time_point wall() const override;
    std::unique_ptr<timer> make_timer(boost::asio::any_io_executor executor) override;
};

}  // namespace conductor::base
