#pragma once

#include <conductor/environment.hpp>

#include <memory>

namespace conductor::base {

/** @brief Threads for blocking handlers, started when first needed, at most as many as reserved.
 *
 *  Destruction lets idle threads end and does not wait for busy ones: a handler that never returns
 *  must not keep the process.
 *  @par Threads  Any.
 */
class handler_threads final : public handler_executor {
public:
    handler_threads();
    ~handler_threads() override;

    void reserve(std::size_t threads) override;
    void post(std::function<void()> job) override;

private:
    struct shared_state;
    std::shared_ptr<shared_state> state_;
};

}  // namespace conductor::base
