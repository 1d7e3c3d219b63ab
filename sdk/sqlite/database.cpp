#include <sqlite/database.hpp>

#include <sqlite3.h>

#include <utility>

namespace conductor::sqlite {

void database::close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

database::database(sqlite3* connection, std::string file)
    : connection_(connection), file_(std::move(file)) {}

result<database> database::open(std::string const& file, access mode,
                                std::chrono::milliseconds busy_wait) {
    int const flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (mode == access::read_only ? SQLITE_OPEN_READONLY
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* connection = nullptr;
    int const opened = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
    database made{connection, file};  // closes it, also one that could not be opened
    if (opened != SQLITE_OK) return failure{.code = make_error(opened), .detail = file};
    sqlite3_busy_timeout(connection, static_cast<int>(busy_wait.count()));
    if (mode == access::read_write) {
        if (auto const ready = made.write_ahead(busy_wait); !ready) return ready.error();
    }
    if (mode == access::exclusive) {
        // Asked for before anything is read: so the index of the WAL never becomes a file.
        if (auto const ready = made.execute("PRAGMA locking_mode = EXCLUSIVE"); !ready)
            return ready.error();
    }
    auto const ready = made.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    return ready ? result<database>{std::move(made)} : ready.error();
}

// SQLite does not wait here by itself: two connections that switch a new file would wait for each
// other.
result<void> database::write_ahead(std::chrono::milliseconds busy_wait) {
    constexpr std::chrono::milliseconds pause{10};
    for (auto waited = std::chrono::milliseconds{0};; waited += pause) {
        auto const done = execute("PRAGMA journal_mode = WAL");
        bool const is_busy = !done && (done.error().code.value() & 0xFF) == SQLITE_BUSY;
        if (!is_busy || waited >= busy_wait) return done;
        sqlite3_sleep(static_cast<int>(pause.count()));
    }
}

result<statement> database::prepare(std::string_view sql) {
    sqlite3_stmt* prepared = nullptr;
    int const done = sqlite3_prepare_v2(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                        &prepared, nullptr);
    if (done != SQLITE_OK) return last_failure(connection_.get(), file_);
    return statement{prepared, file_};
}

result<void> database::execute(std::string const& sql) {
    if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return last_failure(connection_.get(), file_);
    return {};
}

result<std::int64_t> database::number(std::string_view sql) {
    auto asked = prepare(sql);
    if (!asked) return asked.error();
    auto const row = asked->next();
    if (!row) return row.error();
    return *row ? asked->number(0) : 0;
}

std::int64_t database::last_id() const { return sqlite3_last_insert_rowid(connection_.get()); }

std::int64_t database::changes() const { return sqlite3_changes(connection_.get()); }

result<transaction> transaction::begin(database& on) {
    // A writer from the start: a reader that begins to write can fail where waiting would help.
    if (auto const begun = on.execute("BEGIN IMMEDIATE"); !begun) return begun.error();
    return transaction{on};
}

transaction::transaction(transaction&& other) noexcept : on_(std::exchange(other.on_, nullptr)) {}

transaction::~transaction() {
    if (on_ != nullptr) {
        // An error has rolled it back already, or the end of the connection will.
        static_cast<void>(on_->execute("ROLLBACK"));
    }
}

result<void> transaction::commit() {
    auto const done = on_->execute("COMMIT");
    if (done) on_ = nullptr;
    return done;
}

}  // namespace conductor::sqlite
