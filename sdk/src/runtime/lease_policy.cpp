#include "runtime/lease_policy.hpp"

#include <algorithm>

namespace conductor::runtime_detail {
namespace {

// So many attempts fit into what is left of a lease after the first one failed.
constexpr int attempts_left = 10;
constexpr std::chrono::milliseconds retry_min{50};
constexpr double jitter = 0.1;

time_point::duration part_of(std::chrono::milliseconds whole, double part) {
    return std::chrono::duration_cast<time_point::duration>(whole * part);
}

}  // namespace

lease_policy::lease_policy(lease_options options, time_point claimed, double chance)
    : options_(options), since_(claimed) {
    extended(claimed, chance);
    checked(claimed);
}

time_point lease_policy::due() const { return std::min(extend_at_, check_at_); }

void lease_policy::extended(time_point sent, double chance) {
    since_ = sent;
    if (!options_.extend || options_.response_timeout.count() <= 0) return;
    extend_at_ =
        sent + part_of(options_.response_timeout, options_.threshold * (1.0 - jitter * chance));
}

void lease_policy::checked(time_point now) {
    if (options_.check_interval.count() > 0) check_at_ = now + options_.check_interval;
}

void lease_policy::failed(time_point now) {
    auto const left = since_ + options_.response_timeout - now;
    auto const retry = std::max<time_point::duration>(left / attempts_left, retry_min);
    if (now >= extend_at_) extend_at_ = now + retry;
    if (now >= check_at_) check_at_ = now + std::max<time_point::duration>(retry, retry_min);
}

time_point lease_began(lease_options const& options, time_point sent, time_point now) {
    return std::max(sent, now - part_of(options.response_timeout, options.threshold / 2));
}

ownership ownership_of(task const& read, std::string_view worker_id, std::int64_t poll_count) {
    if (read.status() == "SCHEDULED") return ownership::moved_on;
    if (read.status() != "IN_PROGRESS") return ownership::ended;
    bool const same_claim = read.worker_id() == worker_id && read.poll_count() == poll_count;
    return same_claim ? ownership::ours : ownership::moved_on;
}

}  // namespace conductor::runtime_detail
