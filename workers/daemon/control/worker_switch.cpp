#include <daemon/control/worker_switch.hpp>

namespace conductor::daemon {

bool worker_switch::set_slots(std::string const& type, std::size_t slots) {
    auto const found = health_.types().find(type);
    if (found == health_.types().end()) return false;
    serving_.set_slots(type, slots);
    health_.serve(type, slots, found->second.paused);
    return true;
}

bool worker_switch::set_paused(std::string const& type, bool paused) {
    auto const found = health_.types().find(type);
    if (found == health_.types().end()) return false;
    if (paused)
        serving_.pause(type);
    else
        serving_.resume(type);
    health_.serve(type, found->second.slots, paused);
    return true;
}

}  // namespace conductor::daemon
