#include "outbox_store.hpp"

#include "outbox_file.hpp"

#include <conductor/config_error.hpp>

#include <sqlite3.h>

#include <utility>

namespace conductor::storage {
namespace {

constexpr auto insert_row = R"sql(
INSERT INTO results (created, bytes, poll_count, task_id, workflow_id, worker_id, task_type, status,
    reason, callback_after, output, output_text, logs, extra)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
)sql";
constexpr auto read_row = R"sql(
SELECT created, poll_count, task_id, workflow_id, worker_id, task_type, status, reason,
    callback_after, output, output_text, logs, extra
FROM results WHERE key = ?1
)sql";

template <class Value>
Value readable(sqlite::database const& on, result<Value> done) {
    if (!done)
        throw config_error("outbox " + on.file() + ": it cannot be read (" +
                           done.error().code.message() + "); move it away, and start again");
    return *std::move(done);
}

outbox_row row_of(sqlite::statement const& at) {
    return {.created = at.number(0),
            .poll_count = at.number(1),
            .task_id = std::string{at.text(2)},
            .workflow_id = std::string{at.text(3)},
            .worker_id = std::string{at.text(4)},
            .task_type = std::string{at.text(5)},
            .status = std::string{at.text(6)},
            .reason = std::string{at.text(7)},
            .callback_after = at.number(8),
            .output = std::string{at.text(9)},
            .output_text = std::string{at.text(10)},
            .logs = std::string{at.text(11)},
            .extra = std::string{at.text(12)}};
}

}  // namespace

failure as_told(failure error) {
    bool const is_full =
        error.code.category() == sqlite::category() && (error.code.value() & 0xFF) == SQLITE_FULL;
    if (is_full) error.code = make_error_code(boost::system::errc::no_space_on_device);
    return error;
}

outbox_store::outbox_store(std::string const& path)
    : on_(std::make_unique<sqlite::database>(open_outbox_file(path))),
      insert_(readable(*on_, on_->prepare(insert_row))),
      erase_(readable(*on_, on_->prepare("DELETE FROM results WHERE key = ?1"))),
      read_(readable(*on_, on_->prepare(read_row))) {}

void outbox_store::list(outbox_ledger& ledger) {
    auto rows = readable(*on_, on_->prepare("SELECT key, created, bytes FROM results"));
    for (;;) {
        if (!readable(*on_, rows.next())) return;
        std::chrono::nanoseconds const created{rows.number(1)};
        ledger.find(rows.number(0), {.bytes = static_cast<std::size_t>(rows.number(2)),
                                     .created = std::chrono::system_clock::time_point{created}});
    }
}

result<sqlite::transaction> outbox_store::begin() { return sqlite::transaction::begin(*on_); }

result<outbox_key> outbox_store::insert(outbox_row const& row) {
    auto const done = insert_.bind(1, row.created)
                          .bind(2, static_cast<std::int64_t>(size_of(row)))
                          .bind(3, row.poll_count)
                          .bind(4, row.task_id)
                          .bind(5, row.workflow_id)
                          .bind(6, row.worker_id)
                          .bind(7, row.task_type)
                          .bind(8, row.status)
                          .bind(9, row.reason)
                          .bind(10, row.callback_after)
                          .bind(11, row.output)
                          .bind(12, row.output_text)
                          .bind(13, row.logs)
                          .bind(14, row.extra)
                          .run();
    if (!done) return as_told(done.error());
    return on_->last_id();
}

result<void> outbox_store::erase(outbox_key key) {
    auto const done = erase_.bind(1, key).run();
    return done ? result<void>{} : as_told(done.error());
}

result<std::optional<outbox_row>> outbox_store::read(outbox_key key) {
    auto const found = read_.bind(1, key).next();
    if (!found) return found.error();
    std::optional<outbox_row> row;
    if (*found) row = row_of(read_);
    read_.reset();
    return row;
}

}  // namespace conductor::storage
