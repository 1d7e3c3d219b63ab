#include "outbox_row.hpp"

#include "lossless_json.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace conductor::storage {
namespace {

namespace json = boost::json;
using std::chrono::nanoseconds;
using std::chrono::system_clock;

constexpr std::array statuses{task_status::in_progress, task_status::failed,
                              task_status::failed_with_terminal_error, task_status::completed};

std::int64_t to_number(system_clock::time_point when) {
    return std::chrono::duration_cast<nanoseconds>(when.time_since_epoch()).count();
}

system_clock::time_point to_time(std::int64_t number) {
    return system_clock::time_point{
        std::chrono::duration_cast<system_clock::duration>(nanoseconds{number})};
}

std::string write_logs(std::vector<task_log> const& logs) {
    json::array lines;
    for (auto const& log : logs) lines.push_back(json::array{to_number(log.created), log.text});
    return write_json(lines);
}

std::optional<task_log> to_log(json::value const& line) {
    auto const* const pair = line.if_array();
    if (pair == nullptr || pair->size() != 2) return std::nullopt;
    auto const* const created = pair->front().if_int64();
    auto const* const text = pair->back().if_string();
    if (created == nullptr || text == nullptr) return std::nullopt;
    return task_log{std::string{*text}, to_time(*created)};
}

bool read_logs(std::string const& text, std::vector<task_log>& logs) {
    auto const read = read_json(text);
    auto const* const lines = read ? read->if_array() : nullptr;
    if (lines == nullptr) return false;
    for (auto const& line : *lines) {
        auto log = to_log(line);
        if (!log) return false;
        logs.push_back(*std::move(log));
    }
    return true;
}

bool read_object(std::string const& text, json::object& object) {
    auto read = read_json(text);
    if (!read || !read->is_object()) return false;
    object = std::move(read->get_object());
    return true;
}

bool read_status(std::string const& text, task_status& status) {
    auto const* const found = std::ranges::find(statuses, text, to_string);
    if (found == statuses.end()) return false;
    status = *found;
    return true;
}

// What is sent as a text is that text as a rule, and stored once.
std::string write_output(task_update const& update) {
    auto text = write_json(update.output);
    return text == update.output_text ? std::string{} : text;
}

bool read_output(outbox_row const& row, json::object& output) {
    return read_object(row.output.empty() ? row.output_text : row.output, output);
}

bool has_member_text(json::key_value_pair const& member) { return has_text(member.value()); }

failure bad(std::string_view column) {
    return {.code = errc::bad_value, .detail = "column " + std::string{column} + " of an outbox"};
}

}  // namespace

result<outbox_row> to_row(outbox_entry const& entry) {
    auto const& update = entry.update;
    if (!std::ranges::all_of(update.output, has_member_text) ||
        !std::ranges::all_of(update.extra, has_member_text))
        return failure{.code = errc::bad_value,
                       .detail = "a number of task " + update.task_id + " that is none in JSON"};
    return outbox_row{.created = to_number(entry.created),
                      .poll_count = entry.poll_count,
                      .task_id = update.task_id,
                      .workflow_id = update.workflow_id,
                      .worker_id = update.worker_id,
                      .task_type = update.task_type,
                      .status = std::string{to_string(update.status)},
                      .reason = update.reason,
                      .callback_after = update.callback_after.count(),
                      .output = write_output(update),
                      .output_text = update.output_text,
                      .logs = write_logs(update.logs),
                      .extra = write_json(update.extra)};
}

result<outbox_entry> to_entry(outbox_row const& row) {
    outbox_entry entry;
    entry.poll_count = row.poll_count;
    entry.created = to_time(row.created);
    auto& update = entry.update;
    update.task_id = row.task_id;
    update.workflow_id = row.workflow_id;
    update.worker_id = row.worker_id;
    update.task_type = row.task_type;
    update.reason = row.reason;
    update.output_text = row.output_text;
    update.callback_after = std::chrono::seconds{row.callback_after};
    if (!read_status(row.status, update.status)) return bad("status");
    if (!read_output(row, update.output)) return bad("output");
    if (!read_logs(row.logs, update.logs)) return bad("logs");
    if (!read_object(row.extra, update.extra)) return bad("extra");
    return entry;
}

std::size_t size_of(outbox_row const& row) noexcept {
    constexpr std::size_t numbers = 64;
    return numbers + row.task_id.size() + row.workflow_id.size() + row.worker_id.size() +
           row.task_type.size() + row.status.size() + row.reason.size() + row.output.size() +
           row.output_text.size() + row.logs.size() + row.extra.size();
}

}  // namespace conductor::storage
