#include <daemon/private_memory.hpp>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace conductor::daemon {

// Where cores are piped to a program, the kernel asks for the first alone; where a filter of system
// calls forbids the second, as in our own unit, the first is enough.
void keep_memory_private() noexcept {
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    rlimit const none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

}  // namespace conductor::daemon
