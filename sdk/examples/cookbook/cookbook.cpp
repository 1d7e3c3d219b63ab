// Runs what docs/cookbook.md shows.
#include "check.hpp"

int main() {
    check_long_tasks();
    check_rate_limits();
    check_typed_input();
    check_coroutine_http();
    check_testing();
    std::cout << "all hold\n";
}
