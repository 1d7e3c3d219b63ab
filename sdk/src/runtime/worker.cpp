#include <conductor/worker.hpp>

#include "base/environment_variables.hpp"

#include <conductor/worker_environment.hpp>

#include <algorithm>
#include <cctype>
#include <vector>

namespace conductor {
namespace {

using std::chrono::milliseconds;

std::string upper_case(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

// The spellings of a property for one type, then those for all types: the first one set wins.
// A property with two names is looked up under both before a less specific name is.
std::vector<std::string> names_of(std::string const& type, std::vector<std::string> const& named) {
    std::vector<std::string> names;
    auto const add = [&](std::string const& prefix, bool upper) {
        for (auto const& property : named)
            names.push_back(prefix + (upper ? upper_case(property) : property));
    };
    add("conductor.worker." + type + ".", false);
    add("conductor_worker_" + type + "_", false);
    add("CONDUCTOR_WORKER_" + upper_case(type) + "_", true);
    add("CONDUCTOR_WORKER_" + type + "_", true);
    bool const is_interval = named.back() == "poll_interval";
    if (is_interval) names.push_back("CONDUCTOR_WORKER_" + upper_case(type) + "_POLLING_INTERVAL");
    add("conductor.worker.all.", false);
    add("CONDUCTOR_WORKER_ALL_", true);
    add("conductor_worker_", false);
    add("CONDUCTOR_WORKER_", true);
    return names;
}

struct setting {
    std::string variable;
    std::string value;
};

void put(std::size_t& slots, setting const& from) {
    slots = static_cast<std::size_t>(base::parse_number(from.variable, from.value, 1));
}

void put(milliseconds& time, setting const& from) {
    time = milliseconds{base::parse_number(from.variable, from.value, 0)};
}

void put(bool& truth, setting const& from) { truth = base::parse_truth(from.variable, from.value); }

void put(double& part, setting const& from) { part = base::parse_part(from.variable, from.value); }

void put(std::string& text, setting const& from) { text = from.value; }

// Reads the properties of one type, one after the other.
struct properties {
    std::string const& type;
    variable_reader const& read;
    worker_environment& out;

    // The last of the names is the property's own.
    template <class Value>
    void set(Value& value, std::vector<std::string> const& named) const {
        for (auto const& name : names_of(type, named)) {
            auto text = read(name);
            if (!text) continue;
            put(value, {name, *std::move(text)});
            out.origins.emplace(named.back(), name);
            return;
        }
    }
};

}  // namespace

worker_environment read_worker_environment(worker_options const& options, std::string const& type,
                                           variable_reader const& read) {
    worker_environment made{.options = options};
    auto& to = made.options;
    properties const each{type, read, made};
    each.set(to.slots, {"thread_count"});
    each.set(to.domain, {"domain"});
    each.set(to.poll_interval, {"poll_interval_millis", "poll_interval"});
    each.set(to.poll_timeout, {"poll_timeout"});
    each.set(to.paused, {"paused"});
    each.set(to.lease, {"lease_extend_enabled"});
    each.set(to.lease_threshold, {"lease_extend_threshold"});
    return made;
}

worker_options worker_options::with_environment(std::string const& type) const {
    return read_worker_environment(*this, type, base::read_variable).options;
}

}  // namespace conductor
