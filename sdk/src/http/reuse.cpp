#include "http/reuse.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace conductor::http {
namespace {

constexpr std::array<std::string_view, 5> repeatable_methods{"GET", "HEAD", "PUT", "DELETE",
                                                             "OPTIONS"};

}  // namespace

bool is_repeatable(request const& request) {
    if (request.repeatable) return *request.repeatable;
    return std::find(repeatable_methods.begin(), repeatable_methods.end(), request.method) !=
           repeatable_methods.end();
}

idle_verdict judge_idle(std::chrono::nanoseconds idle_for, std::chrono::milliseconds idle_max) {
    // Servers announce a close after a count of requests; a close by time comes after seconds.
    constexpr std::chrono::seconds probe_after{1};
    if (idle_for > idle_max) return idle_verdict::drop;
    return idle_for > probe_after ? idle_verdict::probe : idle_verdict::use;
}

bool may_repeat(request const& request, attempt_progress const& progress) {
    if (!progress.on_kept_connection || !progress.peer_closed || progress.answer_began)
        return false;
    return !progress.may_have_arrived || is_repeatable(request);
}

}  // namespace conductor::http
