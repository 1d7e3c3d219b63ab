#pragma once

#include <conductor/environment.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <future>
#include <memory>
#include <utility>

namespace conductor::workers {

/** @brief Told on one thread, awaited on another.
 *
 *  Telling it touches no event loop, so that a loop may end while somebody has yet to tell.
 */
class finish_event {
public:
    /** @brief One that has not been told.
     *  @throws boost::system::system_error when the process has too many files open. */
    finish_event();
    finish_event(finish_event const&) = delete;
    finish_event& operator=(finish_event const&) = delete;
    ~finish_event();

    /** @brief Ends the wait, also one that begins later.
     *  @par Threads  Any. */
    void tell() const;
    /** @brief Waits until it has been told.
     *  @par Lifetime  The caller keeps the event until then. */
    awaitable<void> wait() const;

private:
    int descriptor_;
};

/** @brief A thread for work that waits for a disk, one piece at a time. A loop goes on meanwhile.
 *
 *  Its end waits for the piece under way.
 */
class storage_thread {
public:
    /** @brief Runs a function on the thread, and gives what it returns or throws.
     *  @param work  Owns all that it uses: the caller may be gone before it ends. */
    template <class Result>
    awaitable<Result> run(std::function<Result()> work) {
        auto const finished = std::make_shared<finish_event const>();
        job<Result> next{std::packaged_task<Result()>{std::move(work)}, finished};
        auto result = next.task.get_future();
        boost::asio::post(thread_, std::move(next));
        co_await finished->wait();
        co_return result.get();
    }

private:
    template <class Result>
    struct job {
        std::packaged_task<Result()> task;
        std::shared_ptr<finish_event const> finished;

        void operator()() {
            task();
            finished->tell();
        }
    };

    boost::asio::thread_pool thread_{1};
};

}  // namespace conductor::workers
