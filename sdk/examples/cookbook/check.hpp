#pragma once

#include <cstdlib>
#include <iostream>

/** @brief Ends the program when something does not hold. */
inline void check(bool holds, char const* what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    std::exit(1);
}

/** @brief One recipe each: runs what the cookbook shows of it. */
void check_long_tasks();
void check_rate_limits();
void check_typed_input();
void check_coroutine_http();
void check_testing();
