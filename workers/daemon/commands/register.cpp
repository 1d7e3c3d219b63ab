#include <daemon/commands/commands.hpp>
#include <daemon/commands/event_loop.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/commands/throttle.hpp>
#include <daemon/definitions/difference.hpp>
#include <daemon/definitions/registry.hpp>
#include <daemon/log/printable.hpp>

#include <conductor/config_error.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace conductor::daemon {
namespace {

constexpr std::size_t shown_bytes_max = 120;

// Members of task definitions that not every server knows, and that tasks are served without.
constexpr std::array<std::string_view, 3> dispensable{"/maxRetryDelaySeconds", "/backoffJitterMs",
                                                      "/taskStatusListenerEnabled"};

bool is_dispensable(definition const& of, difference const& left) {
    return of.kind == definition_kind::task && left.server == "absent" &&
           std::ranges::find(dispensable, left.pointer) != dispensable.end();
}

/** @brief Brings one definition after the other to the server, and says what it did. */
class registration {
public:
    registration(std::shared_ptr<rest_client> const& rest, throttled_wait waits, bool dry_run,
                 console& to)
        : server_(rest), waits_(std::move(waits)), dry_run_(dry_run), to_(to) {}

    awaitable<int> run(std::vector<definition> wanted) {
        bool all_well = true;
        for (definition const& one : wanted) {
            auto const done = co_await bring_patiently(one);
            if (done.has_value()) continue;
            all_well = false;
            to_.err << printable(one.title()) << ": " << printable(done.error().message()) << '\n';
            // Nobody there: the others would only wait for the same in turn.
            if (done.error().code == condition::network) break;
        }
        co_return all_well ? exit_done : exit_failed;
    }

private:
    struct look {
        bool exists;
        std::vector<difference> changes;
    };

    awaitable<result<void>> bring_patiently(definition const& one) {
        waits_.begin();
        first_look_.reset();
        for (;;) {
            auto const done = co_await bring(one);
            if (done.has_value()) co_return done;
            bool const again = co_await waits_.before_next(done.error());
            if (!again) co_return done;
        }
    }

    awaitable<result<void>> bring(definition const& one) {
        auto const found = co_await server_.find(one);
        if (found.has_error()) co_return found.error();
        bool const exists = found->has_value();
        auto const changes = exists ? compare(one.document, **found) : std::vector<difference>{};
        // What an attempt before this one has written was not there before.
        if (!first_look_) first_look_ = look{exists, changes};
        std::vector<difference> unknown;
        if ((!exists || !changes.empty()) && !dry_run_) {
            auto left = co_await write(one, exists);
            if (left.has_error()) co_return std::move(left).error();
            unknown = *std::move(left);
        }
        auto const& [existed, differed] = *first_look_;
        say(one, !existed ? "created" : differed == unknown ? "unchanged" : "updated");
        for (difference const& change : differed)
            if (std::ranges::find(unknown, change) == unknown.end()) say(change);
        for (difference const& member : unknown)
            to_.out << "    " << member.pointer << ": not known to this server, left out\n";
        co_return result<void>{};
    }

    // A server answers 200 to a list of which it refused every entry, and drops members that it
    // does not know; so what it has is read again. Gives what it left out and may leave out.
    awaitable<result<std::vector<difference>>> write(definition const& one, bool exists) {
        auto const written = co_await server_.put(one, exists);
        if (written.has_error()) co_return written.error();
        auto const kept = co_await server_.find(one);
        if (kept.has_error()) co_return kept.error();
        if (!kept->has_value())
            co_return failure{errc::bad_response, "the server took it but does not have it"};
        auto left = compare(one.document, **kept);
        auto const lost = std::ranges::find_if_not(
            left, [&](difference const& each) { return is_dispensable(one, each); });
        if (lost == left.end()) co_return std::move(left);
        co_return failure{errc::bad_response, "the server does not keep what the file says at " +
                                                  lost->pointer + "; correct or remove it"};
    }

    void say(definition const& one, std::string_view what) {
        bool const planned = dry_run_ && what != "unchanged";
        to_.out << printable(one.title()) << ": " << (planned ? "would be " : "") << what << '\n';
    }

    void say(difference const& change) {
        to_.out << "    " << printable(change.pointer) << ": "
                << printable(change.server, shown_bytes_max) << " -> "
                << printable(change.file, shown_bytes_max) << '\n';
    }

    registry server_;
    throttled_wait waits_;
    std::optional<look> first_look_;
    bool dry_run_;
    console& to_;
};

std::vector<definition> definitions_of(std::string const& folder) {
    definition_set set = read_definitions(folder);
    if (set.faults.empty()) return std::move(set.definitions);
    std::string text;
    for (std::string const& one : set.faults) text += (text.empty() ? "" : "\n") + printable(one);
    throw config_error(text);
}

}  // namespace

int register_command::execute(console& to) const {
    parsed_config const parsed = load_config(config_file, to.around);
    std::vector<definition> wanted = definitions_of(folder);
    event_loop loop;
    throttled_wait waits{environment::system(), loop.get_executor(),
                         [&to](std::string const& line) { to.err << line << std::endl; }};
    registration work{std::make_shared<rest_client>(loop.get_executor(), parsed.values.server),
                      std::move(waits), dry_run, to};
    return loop.run(work.run(std::move(wanted)));
}

}  // namespace conductor::daemon
