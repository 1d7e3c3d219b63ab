#include <conductor/sqlite_outbox.hpp>

#include "some_entry.hpp"

#include <support/run_coroutine.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace conductor {
namespace {

/** @brief One put that had returned when the process died. */
struct told_put {
    std::int64_t number;
    outbox_key key;
};

std::string task_id(std::int64_t number) { return "t-" + std::to_string(number); }

awaitable<void> put_until_killed(sqlite_outbox& into, std::int64_t first, int told) {
    for (auto number = first;; number += 2) {
        auto const key = co_await into.put(test::some_entry(task_id(number)));
        if (!key) co_return;
        told_put const put{number, *key};
        if (::write(told, &put, sizeof put) != sizeof put) co_return;
        // Some leave again, so that the file is rewritten as well.
        if (number % 5 == 0 && !co_await into.remove(*key)) co_return;
    }
}

[[noreturn]] void run_child(std::string const& path, int told) {
    boost::asio::io_context loop;
    sqlite_outbox into{{.path = path}};
    auto const ignore = [](std::exception_ptr) {};
    boost::asio::co_spawn(loop, put_until_killed(into, 0, told), ignore);
    boost::asio::co_spawn(loop, put_until_killed(into, 1, told), ignore);
    loop.run();
    ::_exit(1);
}

/** @brief Kills a process in the midst of its puts, and gives those that had returned. */
std::map<outbox_key, std::int64_t> kill_after(std::string const& path, std::size_t puts) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    auto const child = ::fork();
    if (child == 0) run_child(path, ends[1]);
    ::close(ends[1]);
    std::map<outbox_key, std::int64_t> all;
    told_put put{};
    while (::read(ends[0], &put, sizeof put) == sizeof put) {
        all.emplace(put.key, put.number);
        if (all.size() == puts) ::kill(child, SIGKILL);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    ::close(ends[0]);
    return all;
}

TEST(OutboxCrashTest, EveryPutThatHadReturnedIsThereAfterTheProcessWasKilled) {
    test::temporary_folder const folder;
    std::map<outbox_key, std::int64_t> told;
    for (std::size_t const puts : {1U, 20U, 137U})
        told.merge(kill_after(folder.path("outbox.db"), puts));

    boost::asio::io_context loop;
    sqlite_outbox after{{.path = folder.path("outbox.db")}};

    EXPECT_GE(told.size(), 158U);
    for (auto const& [key, number] : told) {
        auto const found = test::run_coroutine(loop, after.read(key));
        ASSERT_TRUE(found);
        // Of the removed ones the last may be there or not: its removal had not returned.
        if (*found)
            EXPECT_EQ(**found, test::some_entry(task_id(number)));
        else
            EXPECT_EQ(number % 5, 0);
    }
    EXPECT_GE(after.level().rows, told.size() * 3 / 4);
}

}  // namespace
}  // namespace conductor
