#pragma once

#include "fakes/coroutine_event.hpp"

#include <conductor/environment.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace conductor::test {

/** @brief Answers that a test scripts and coroutines of one executor take, in order.
 *
 *  @par Threads  `take()` on the executor's thread, the rest anywhere. */
template <class Answer>
class answer_queue {
public:
    /** @brief With nothing scripted, gives `usual` at once; without one, waits for the script. */
    answer_queue(boost::asio::any_io_executor executor, std::optional<Answer> usual)
        : changed_(std::move(executor)), usual_(std::move(usual)) {}

    /** @brief Scripts an answer. */
    void push(Answer answer) {
        {
            std::lock_guard lock{mutex_};
            answers_.push_back(std::move(answer));
        }
        changed_.notify();
    }

    /** @brief From now on this is the answer when none is scripted. */
    void settle(Answer usual) {
        std::lock_guard lock{mutex_};
        usual_ = std::move(usual);
        changed_.notify();
    }

    /** @brief From now on an answer must be scripted. */
    void hold() {
        std::lock_guard lock{mutex_};
        usual_.reset();
    }

    /** @brief The next answer, when there is one. */
    awaitable<Answer> take() {
        auto answer = next();
        while (!answer) {
            co_await changed_.wait();
            answer = next();
        }
        co_return *std::move(answer);
    }

private:
    std::optional<Answer> next() {
        std::lock_guard lock{mutex_};
        if (answers_.empty()) return usual_;
        std::optional<Answer> answer{std::move(answers_.front())};
        answers_.pop_front();
        return answer;
    }

    coroutine_event changed_;
    std::mutex mutex_;
    std::deque<Answer> answers_;
    std::optional<Answer> usual_;
};

}  // namespace conductor::test
