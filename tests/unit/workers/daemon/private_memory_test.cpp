#include <daemon/private_memory.hpp>

#include "support/forked_process.hpp"

#include <gtest/gtest.h>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace conductor::test {
namespace {

// A limit that is none yet may not be raised by all who run tests.
bool may_write_cores() {
    ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1;
}

TEST(PrivateMemoryTest, NobodyOfTheSameUserMayReadIt) {
    forked_process one{[] {
        if (!may_write_cores()) return false;
        daemon::keep_memory_private();
        return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
    }};
    EXPECT_TRUE(one.succeeded());
}

TEST(PrivateMemoryTest, NoCoreIsWritten) {
    forked_process one{[] {
        daemon::keep_memory_private();
        rlimit limit{1, 1};
        ::getrlimit(RLIMIT_CORE, &limit);
        return limit.rlim_cur == 0 && limit.rlim_max == 0;
    }};
    EXPECT_TRUE(one.succeeded());
}

}  // namespace
}  // namespace conductor::test
