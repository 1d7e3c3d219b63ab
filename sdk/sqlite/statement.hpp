#pragma once

#include <sqlite/error.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace conductor::sqlite {

/** @brief A prepared statement. It must end before its database does.
 *
 *  @code
 *  auto insert = database.prepare("INSERT INTO people (login, uid) VALUES (?1, ?2)");
 *  if (!insert) return insert.error();
 *  auto const done = insert->bind(1, login).bind(2, uid).run();
 *  @endcode
 *  Values are bound, never written into the text. A bind that fails is told by the next step.
 *  @par Threads  One at a time.
 */
class statement {
public:
    /** @brief Takes over a statement that `database::prepare()` made. */
    statement(sqlite3_stmt* prepared, std::string file);

    /** @brief Binds a text; parameters count from 1. */
    statement& bind(int parameter, std::string_view text);
    /** @brief Binds a text. */
    statement& bind(int parameter, std::string const& text) {
        return bind(parameter, std::string_view{text});
    }
    /** @brief Binds a whole number. */
    statement& bind(int parameter, std::int64_t number);
    /** @brief Binds a text, or NULL. */
    statement& bind(int parameter, std::optional<std::string> const& text);
    /** @brief Binds a whole number, or NULL. */
    statement& bind(int parameter, std::optional<std::int64_t> number);

    /** @brief Goes on to the next row.
     *  @return Whether there is one; after the last one the statement can be bound and run anew.
     *  @par Errors  SQLite's, with the name of the database's file. */
    result<bool> next();
    /** @brief Runs to the end, rows left unread.
     *  @par Errors  Those of `next()`. */
    result<void> run();
    /** @brief Forgets the row at hand, so that the statement can be bound and run anew. */
    void reset();

    /** @brief Whether a column of the row is NULL; columns count from 0. */
    bool is_null(int column) const;
    /** @brief A column of the row as text; empty for NULL. Valid until the next step. */
    std::string_view text(int column) const;
    /** @brief A column of the row as a whole number; 0 for NULL. */
    std::int64_t number(int column) const;

private:
    struct finalize {
        void operator()(sqlite3_stmt* prepared) const;
    };

    statement& keep(int result_code);

    std::unique_ptr<sqlite3_stmt, finalize> prepared_;
    std::string file_;
    int bind_error_ = 0;
};

}  // namespace conductor::sqlite
