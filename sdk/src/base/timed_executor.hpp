#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace conductor::base {

/** @brief An executor that tells when a job on it held its thread for long.
 *
 *  Coroutines that were spawned on it are resumed through it, each resumption being one job.
 */
class timed_executor {
public:
    /** @brief Called after a job that took longer than the limit, with the time it took. */
    using report = std::function<void(std::chrono::nanoseconds)>;

    /** @brief Runs jobs on `inner`. */
    timed_executor(boost::asio::any_io_executor inner, std::chrono::nanoseconds limit,
                   report when_exceeded)
        : inner_(std::move(inner)),
          watch_(std::make_shared<watch>(watch{limit, std::move(when_exceeded)})) {}

    /** @brief Runs a job. */
    template <class Function>
    void execute(Function&& job) const {
        inner_.execute([job = std::forward<Function>(job), watch = watch_]() mutable {
            auto const started = std::chrono::steady_clock::now();
            job();
            auto const took = std::chrono::steady_clock::now() - started;
            if (took > watch->limit) watch->when_exceeded(took);
        });
    }

    /** @brief Properties are those of the inner executor. */
    template <class Property>
        requires boost::asio::can_query<boost::asio::any_io_executor, Property>::value
    decltype(auto) query(Property const& property) const {
        return boost::asio::query(inner_, property);
    }
    /** @brief Properties are those of the inner executor. */
    template <class Property>
        requires boost::asio::can_require<boost::asio::any_io_executor, Property>::value
    timed_executor require(Property const& property) const {
        return {boost::asio::require(inner_, property), watch_};
    }
    /** @brief Properties are those of the inner executor. */
    template <class Property>
        requires boost::asio::can_prefer<boost::asio::any_io_executor, Property>::value
    timed_executor prefer(Property const& property) const {
        return {boost::asio::prefer(inner_, property), watch_};
    }

    friend bool operator==(timed_executor const&, timed_executor const&) noexcept = default;

private:
    struct watch {
        std::chrono::nanoseconds limit;
        report when_exceeded;
    };

    timed_executor(boost::asio::any_io_executor inner, std::shared_ptr<watch> shared)
        : inner_(std::move(inner)), watch_(std::move(shared)) {}

    boost::asio::any_io_executor inner_;
    std::shared_ptr<watch> watch_;
};

}  // namespace conductor::base
