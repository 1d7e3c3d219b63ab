#include <daemon/control/status_text.hpp>

#include <daemon/control/amount_text.hpp>
#include <daemon/log/printable.hpp>

#include <algorithm>
#include <vector>

namespace conductor::daemon {
namespace {

using row = std::vector<std::string>;

constexpr std::size_t terminal_text_bytes_max = 200;

std::string shown(std::string const& text) { return printable(text, terminal_text_bytes_max); }

std::string coloured(std::string const& text, std::string_view code, bool colours) {
    if (!colours) return text;
    return "\x1b[" + std::string{code} + 'm' + text + "\x1b[0m";
}

std::string state_text(status_facts const& facts, bool colours) {
    return coloured(shown(facts.state), facts.state == "ready" ? "1;32" : "1;33", colours);
}

std::string since(std::optional<std::int64_t> milliseconds) {
    if (!milliseconds) return "never";
    return rough_duration(std::chrono::milliseconds{*milliseconds}) + " ago";
}

std::string outbox_text(outbox_facts const& outbox) {
    if (outbox.mode == "off") return "off";
    std::string out = shown(outbox.mode) + ", " + std::to_string(outbox.rows) + " waiting (" +
                      size_text(outbox.bytes) + ')';
    if (outbox.oldest_s)
        out += ", the oldest for " + rough_duration(std::chrono::seconds{*outbox.oldest_s});
    if (outbox.full) out += ", full: nothing is claimed";
    return out;
}

std::string leases_text(task_type_facts const& type) {
    auto const extended = std::to_string(type.leases_extended);
    if (type.lease_failures == 0) return extended;
    return extended + " (" + std::to_string(type.lease_failures) + " failed)";
}

row cells_of(task_type_facts const& type) {
    return {shown(type.type),
            shown(type.state),
            std::to_string(type.slots_used) + '/' + std::to_string(type.slots),
            std::to_string(type.tasks_last_minute),
            since(type.last_poll_ms_ago),
            std::to_string(type.completed),
            std::to_string(type.called_back),
            std::to_string(type.failed),
            std::to_string(type.poll_failures),
            std::to_string(type.results_lost),
            leases_text(type)};
}

// Columns as wide as their widest cell, two blanks between them.
std::string table(std::vector<row> const& rows) {
    std::vector<std::size_t> widths(rows.front().size());
    for (auto const& one : rows)
        for (std::size_t i = 0; i < one.size(); ++i) widths[i] = std::max(widths[i], one[i].size());
    std::string out;
    for (auto const& one : rows) {
        std::string line;
        for (std::size_t i = 0; i < one.size(); ++i)
            line += one[i] + std::string(widths[i] - one[i].size() + 2, ' ');
        out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return out;
}

std::string types_text(std::vector<task_type_facts> const& all) {
    std::vector<row> rows{{"TYPE", "STATE", "SLOTS", "PER MIN", "LAST POLL", "DONE", "LATER",
                           "FAILED", "BAD POLLS", "LOST", "LEASES"}};
    for (auto const& type : all) rows.push_back(cells_of(type));
    std::string out = table(rows);
    for (auto const& type : all)
        if (type.poll_error)
            out += "last poll of " + shown(type.type) + ": " + shown(*type.poll_error) + '\n';
    return out;
}

std::string failed_text(std::vector<failed_task_facts> const& failed) {
    if (failed.empty()) return "no task has failed\n";
    std::vector<row> rows{{"FAILED AT", "TYPE", "REFERENCE", "TASK", "WORKFLOW", "REASON"}};
    for (auto const& one : failed)
        rows.push_back({shown(one.at), shown(one.type), shown(one.reference), shown(one.task),
                        shown(one.workflow), shown(one.reason)});
    return table(rows);
}

}  // namespace

std::string status_text(status_facts const& facts, bool colours) {
    std::string out = "conductor-workerd " + shown(facts.version) + ": " +
                      state_text(facts, colours) + ", up for " +
                      rough_duration(std::chrono::seconds{facts.uptime_s}) + '\n';
    for (auto const& reason : facts.reasons) out += "  " + shown(reason) + '\n';
    out += "server  " + shown(facts.server.address) + ", token " + shown(facts.server.token) +
           (facts.server.circuit_open ? ", calls fail: all polls wait\n" : "\n");
    out += "worker  " + shown(facts.worker_id) + '\n';
    out += "outbox  " + outbox_text(facts.outbox) + "\n\n";
    return out + types_text(facts.types) + '\n' + failed_text(facts.failed_tasks);
}

}  // namespace conductor::daemon
