#pragma once

#include <sqlite/statement.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace conductor::sqlite {

/** @brief What a connection may do. */
enum class access {
    /** @brief Read a database that is there. */
    read_only,
    /** @brief Read and write, and make the database when it is not there. */
    read_write,
    /** @brief As `read_write`, and from the first statement on no other connection may even read.
     *  The way of the journal stays as it is until the first `write_ahead()`. */
    exclusive,
};

/** @brief A connection to a database in a file.
 *
 *  @par Threads  One at a time; other connections and processes may use the file meanwhile.
 */
class database {
public:
    /** @brief Opens a file, with foreign keys on. For writing: in WAL mode, each commit on the disk
     *  before it is reported.
     *
     *  @param busy_wait  How long a statement waits for other connections that write.
     *  @par Errors  SQLite's, with the name of the file: missing, not allowed, not a database.
     */
    static result<database> open(std::string const& file, access mode,
                                 std::chrono::milliseconds busy_wait);

    /** @brief Prepares a statement.
     *  @param sql  Values of any other source are parameters in it.
     *  @par Errors  SQLite's, with the name of the file. */
    result<statement> prepare(std::string_view sql);
    /** @brief Runs statements that take and give nothing.
     *  @par Errors  Those of `prepare()`. */
    result<void> execute(std::string const& sql);
    /** @brief The first column of the first row as a whole number; 0 when there is no row.
     *  @par Errors  Those of `prepare()`. */
    result<std::int64_t> number(std::string_view sql);

    /** @brief Switches to WAL mode, or finds it chosen.
     *  @par Errors  SQLite's; `SQLITE_BUSY` when others keep it from that for `busy_wait`. */
    result<void> write_ahead(std::chrono::milliseconds busy_wait);

    /** @brief The id of the row that was inserted last. */
    std::int64_t last_id() const;
    /** @brief How many rows the last statement changed. */
    std::int64_t changes() const;
    /** @brief The file, as errors name it. */
    std::string const& file() const { return file_; }

private:
    struct close {
        void operator()(sqlite3* connection) const;
    };

    database(sqlite3* connection, std::string file);

    std::unique_ptr<sqlite3, close> connection_;
    std::string file_;
};

/** @brief A transaction that writes: rolled back unless `commit()` succeeds. */
class transaction {
public:
    /** @brief Begins one, and waits for other writers as long as the database may.
     *  @param on  Must outlive the transaction.
     *  @par Errors  SQLite's; `SQLITE_BUSY` when another connection writes for too long. */
    static result<transaction> begin(database& on);
    transaction(transaction&& other) noexcept;
    transaction& operator=(transaction&&) = delete;
    ~transaction();

    /** @brief Makes everything since the beginning last.
     *  @par Errors  SQLite's; nothing is kept then. */
    result<void> commit();

private:
    explicit transaction(database& on) : on_(&on) {}

    database* on_;
};

}  // namespace conductor::sqlite
