#include <sqlite/statement.hpp>

#include <sqlite3.h>

#include <utility>

namespace conductor::sqlite {

void statement::finalize::operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }

statement::statement(sqlite3_stmt* prepared, std::string file)
    : prepared_(prepared), file_(std::move(file)) {}

statement& statement::keep(int result_code) {
    if (bind_error_ == SQLITE_OK) bind_error_ = result_code;
    return *this;
}

statement& statement::bind(int parameter, std::string_view text) {
    // SQLITE_TRANSIENT is a C cast of -1 in SQLite's header: SQLite copies the text.
    auto const copied = reinterpret_cast<sqlite3_destructor_type>(std::intptr_t{-1});
    // A null pointer would bind NULL in place of an empty text.
    char const* const bytes = text.data() != nullptr ? text.data() : "";
    return keep(
        sqlite3_bind_text64(prepared_.get(), parameter, bytes, text.size(), copied, SQLITE_UTF8));
}

statement& statement::bind(int parameter, std::int64_t number) {
    return keep(sqlite3_bind_int64(prepared_.get(), parameter, number));
}

statement& statement::bind(int parameter, std::optional<std::string> const& text) {
    return text ? bind(parameter, std::string_view{*text})
                : keep(sqlite3_bind_null(prepared_.get(), parameter));
}

statement& statement::bind(int parameter, std::optional<std::int64_t> number) {
    return number ? bind(parameter, *number) : keep(sqlite3_bind_null(prepared_.get(), parameter));
}

result<bool> statement::next() {
    if (auto const error = std::exchange(bind_error_, SQLITE_OK); error != SQLITE_OK) {
        reset();
        return failure{.code = make_error(error), .detail = file_};
    }
    int const stepped = sqlite3_step(prepared_.get());
    if (stepped == SQLITE_ROW) return true;
    if (stepped == SQLITE_DONE) {
        reset();
        return false;
    }
    auto error = last_failure(sqlite3_db_handle(prepared_.get()), file_);
    reset();
    return error;
}

result<void> statement::run() {
    for (;;) {
        auto const row = next();
        if (!row) return row.error();
        if (!*row) return {};
    }
}

void statement::reset() { sqlite3_reset(prepared_.get()); }

bool statement::is_null(int column) const {
    return sqlite3_column_type(prepared_.get(), column) == SQLITE_NULL;
}

std::string_view statement::text(int column) const {
    auto const* const bytes =
        reinterpret_cast<char const*>(sqlite3_column_text(prepared_.get(), column));
    auto const length = static_cast<std::size_t>(sqlite3_column_bytes(prepared_.get(), column));
    return bytes != nullptr ? std::string_view{bytes, length} : std::string_view{};
}

std::int64_t statement::number(int column) const {
    return sqlite3_column_int64(prepared_.get(), column);
}

}  // namespace conductor::sqlite
