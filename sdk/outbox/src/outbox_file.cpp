#include "outbox_file.hpp"

#include <conductor/config_error.hpp>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace conductor::storage {
namespace {

// "cdob": tells the file from any other of SQLite's.
constexpr std::int64_t application_id = 0x63646f62;
constexpr std::int64_t schema_version = 1;
constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
constexpr std::chrono::milliseconds no_wait{0};

// A key is never used again, so that what is late to remove an entry removes no other.
constexpr auto table = R"sql(
CREATE TABLE results (
    key             INTEGER PRIMARY KEY AUTOINCREMENT,
    created         INTEGER NOT NULL,  -- when the handler ended, in nanoseconds since 1970, UTC
    bytes           INTEGER NOT NULL,  -- what the row counts for
    poll_count      INTEGER NOT NULL,  -- of the task when it was claimed
    task_id         TEXT NOT NULL,
    workflow_id     TEXT NOT NULL,
    worker_id       TEXT NOT NULL,
    task_type       TEXT NOT NULL,
    status          TEXT NOT NULL,     -- COMPLETED, FAILED, …
    reason          TEXT NOT NULL,
    callback_after  INTEGER NOT NULL,  -- seconds
    output          TEXT NOT NULL,     -- JSON; empty when output_text says the same
    output_text     TEXT NOT NULL,     -- JSON as it is sent; empty for that of output
    logs            TEXT NOT NULL,     -- JSON: [[nanoseconds since 1970, text], …]
    extra           TEXT NOT NULL      -- JSON: what else is sent
);
)sql";

[[noreturn]] void refuse(std::string const& path, std::string const& why) {
    throw config_error("outbox " + path + ": " + why);
}

[[noreturn]] void refuse_foreign(std::string const& path) {
    refuse(path, "it is the file of something else; name another path");
}

[[noreturn]] void refuse_damaged(std::string const& path, std::string const& what) {
    refuse(path, "it is damaged (" + what +
                     "); move it away to keep what can be saved of it, and start again");
}

[[noreturn]] void refuse_failure(std::string const& path, failure const& error) {
    switch (error.code.value() & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            refuse(path, "another process uses it; end that one, or give each a path of its own");
        case SQLITE_NOTADB: refuse_foreign(path);
        case SQLITE_CORRUPT: refuse_damaged(path, error.code.message());
        default:
            refuse(path, error.code.message() +
                             "; see to folder, rights and disk, or name another "
                             "path");
    }
}

template <class Value>
Value checked(std::string const& path, result<Value> done) {
    if (!done) refuse_failure(path, done.error());
    if constexpr (!std::is_void_v<Value>) return *std::move(done);
}

// By its name: closing a descriptor of the file would take away SQLite's locks of this process.
void make_if_missing(std::string const& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0) return;
    int const made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    if (made >= 0)
        ::close(made);
    else if (errno != EEXIST)
        refuse(path, std::string{"it cannot be made ("} + std::strerror(errno) +
                         "); see to its folder, or name another path");
}

void close_to_others(std::string const& path) {
    struct stat found {};
    for (auto const& file : {path, path + "-wal", path + "-shm"}) {
        bool const is_open =
            ::stat(file.c_str(), &found) == 0 && (found.st_mode & 0777) != owner_only;
        if (is_open && ::chmod(file.c_str(), owner_only) != 0)
            refuse(path, std::string{"others may read it ("} + std::strerror(errno) +
                             "); make this process's user its owner");
    }
}

/** @brief Whether the file is an outbox already; false for an empty one. */
bool is_outbox(sqlite::database& on) {
    auto const& path = on.file();
    auto const application = checked(path, on.number("PRAGMA application_id"));
    auto const version = checked(path, on.number("PRAGMA user_version"));
    if (application == application_id) {
        if (version <= schema_version) return true;
        refuse(path, "it is of version " + std::to_string(version) + ", and this program knows " +
                         std::to_string(schema_version) +
                         "; use the program that made it, or a newer one");
    }
    auto const tables = checked(path, on.number("SELECT count(*) FROM sqlite_master"));
    if (application != 0 || version != 0 || tables != 0) refuse_foreign(path);
    return false;
}

void make_table(sqlite::database& on) {
    auto const& path = on.file();
    auto making = checked(path, sqlite::transaction::begin(on));
    checked(path, on.execute(table));
    checked(path, on.execute("PRAGMA application_id = " + std::to_string(application_id)));
    checked(path, on.execute("PRAGMA user_version = " + std::to_string(schema_version)));
    checked(path, making.commit());
}

void check_pages(sqlite::database& on) {
    auto const& path = on.file();
    auto checking = checked(path, on.prepare("PRAGMA quick_check(1)"));
    if (!checked(path, checking.next())) return;
    std::string const said{checking.text(0)};
    if (said != "ok") refuse_damaged(path, said);
}

}  // namespace

sqlite::database open_outbox_file(std::string const& path) {
    if (path.empty()) throw config_error("outbox: a path is missing");
    make_if_missing(path);
    auto on = checked(path, sqlite::database::open(path, sqlite::access::exclusive, no_wait));
    bool const is_made = is_outbox(on);
    close_to_others(path);
    checked(path, on.write_ahead(no_wait));
    if (is_made)
        check_pages(on);
    else
        make_table(on);
    return on;
}

}  // namespace conductor::storage
