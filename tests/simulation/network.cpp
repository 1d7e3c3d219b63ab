#include "network.hpp"

#include <boost/asio/error.hpp>

#include <array>

namespace conductor::simulation {
namespace {

using std::chrono::milliseconds;

// A call that is given up arrives no later than this; lost claims are looked for a little longer.
constexpr milliseconds late_max{30'000};
constexpr milliseconds copy_max{3000};

}  // namespace

network::plan network::draw(call_note const& note) {
    std::array<std::pair<std::uint64_t, fate>, 7> const rates{{{faults_.refused, fate::refused},
                                                               {faults_.lost, fate::lost},
                                                               {faults_.late, fate::late},
                                                               {faults_.reset, fate::reset},
                                                               {faults_.twice, fate::twice},
                                                               {faults_.status, fate::status},
                                                               {faults_.slow, fate::slow}}};
    plan drawn{.fate = fate::answered, .there = way(), .back = way(), .given_up = {}, .error = {}};
    for (auto const& [times, drawn_fate] : rates)
        if (drawn.fate == fate::answered && times > 0 && luck_.one_in(times))
            drawn.fate = drawn_fate;
    if (drawn.fate != fate::answered && drawn.fate != fate::twice) facts_->trouble(*note.of);
    switch (drawn.fate) {
        case fate::refused: drawn.error = {.code = boost::asio::error::connection_refused}; break;
        case fate::lost:
        case fate::late:
            drawn.given_up = luck_.between(milliseconds{10}, faults_.slow_max);
            drawn.back = luck_.between(milliseconds{0}, late_max);
            drawn.error = {.code = errc::timed_out, .may_have_arrived = true};
            break;
        case fate::twice: drawn.given_up = luck_.between(milliseconds{0}, copy_max); break;
        case fate::reset: drawn.error = server::reset(); break;
        case fate::status: drawn.error = error_status(); break;
        case fate::slow:
            drawn.there = luck_.between(milliseconds{0}, faults_.slow_max);
            drawn.back = luck_.between(milliseconds{0}, faults_.slow_max);
            break;
        case fate::answered: break;
    }
    return drawn;
}

failure network::error_status() {
    constexpr std::array<int, 5> statuses{500, 502, 503, 429, 408};
    auto const status = statuses[luck_.below(statuses.size())];
    failure made{.code = make_http_error(status), .may_have_arrived = true};
    if ((status == 503 || status == 429) && luck_.one_in(2))
        made.retry_after = std::chrono::seconds{luck_.among(1, 5)};
    return made;
}

std::optional<failure> network::refusal() const {
    if (!server_->is_up()) return failure{.code = boost::asio::error::connection_refused};
    if (server_->refuses_tokens()) return failure{.code = errc::unauthorized};
    return std::nullopt;
}

void network::failed(call_note const& note, failure const& error) {
    facts_->trouble(*note.of);
    facts_->say(note.of->name, std::string(note.what) + " failed: " + error.message());
}

}  // namespace conductor::simulation
