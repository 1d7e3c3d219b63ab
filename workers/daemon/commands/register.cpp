#include <daemon/commands/commands.hpp>
#include <daemon/commands/event_loop.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/definitions/difference.hpp>
#include <daemon/definitions/registry.hpp>
#include <daemon/log/printable.hpp>

#include <conductor/config_error.hpp>

namespace conductor::daemon {
namespace {

constexpr std::size_t shown_bytes_max = 120;

/** @brief Brings one definition after the other to the server, and says what it did. */
class registration {
public:
    registration(std::shared_ptr<rest_client> const& rest, bool dry_run, console& to)
        : server_(rest), dry_run_(dry_run), to_(to) {}

    awaitable<int> run(std::vector<definition> wanted) {
        bool all_well = true;
        for (definition const& one : wanted) {
            auto const done = co_await bring(one);
            if (done.has_value()) continue;
            all_well = false;
            to_.err << printable(one.title()) << ": " << printable(done.error().message()) << '\n';
            // Nobody there: the others would only wait for the same in turn.
            if (done.error().code == condition::network) break;
        }
        co_return all_well ? exit_done : exit_failed;
    }

private:
    awaitable<result<void>> bring(definition const& one) {
        auto const found = co_await server_.find(one);
        if (found.has_error()) co_return found.error();
        bool const exists = found->has_value();
        auto const changes = exists ? compare(one.document, **found) : std::vector<difference>{};
        bool const unchanged = exists && changes.empty();
        if (!unchanged && !dry_run_) {
            auto const written = co_await write(one, exists);
            if (written.has_error()) co_return written.error();
        }
        say(one, unchanged ? "unchanged" : exists ? "updated" : "created");
        for (difference const& change : changes) say(change);
        co_return result<void>{};
    }

    // A server answers 200 to a list of which it refused every entry, and drops members that it
    // does not know; so what it has is read again.
    awaitable<result<void>> write(definition const& one, bool exists) {
        auto const written = co_await server_.put(one, exists);
        if (written.has_error()) co_return written.error();
        auto const kept = co_await server_.find(one);
        if (kept.has_error()) co_return kept.error();
        if (!kept->has_value())
            co_return failure{errc::bad_response, "the server took it but does not have it"};
        auto const left = compare(one.document, **kept);
        if (left.empty()) co_return result<void>{};
        co_return failure{errc::bad_response, "the server does not keep what the file says at " +
                                                  left.front().pointer + "; correct or remove it"};
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
    registration work{std::make_shared<rest_client>(loop.get_executor(), parsed.values.server),
                      dry_run, to};
    return loop.run(work.run(std::move(wanted)));
}

}  // namespace conductor::daemon
