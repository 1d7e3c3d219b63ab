// ISO 8601 instants, and counts of milliseconds.

#include "fuzz.hpp"

#include <contract/instant.hpp>

#include <charconv>
#include <string>

namespace conductor::fuzz {
namespace {

void require_round_trip(workers::instant at) {
    auto const text = workers::format_instant(at);
    auto const again = workers::parse_instant(text);
    require(again && *again == at, "an instant that was written is read as it was");
}

}  // namespace

void try_input(std::string_view input) {
    // A zone can lead out of the years that can be written.
    if (auto const at = workers::parse_instant(input)) {
        bool const is_writable =
            workers::instant_from_milliseconds(at->time_since_epoch().count()).has_value();
        if (is_writable) require_round_trip(*at);
    }
    std::int64_t count = 0;
    std::from_chars(input.data(), input.data() + input.size(), count);
    if (auto const at = workers::instant_from_milliseconds(count)) require_round_trip(*at);
}

}  // namespace conductor::fuzz
