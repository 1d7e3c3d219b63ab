#include <sqlite/error.hpp>

#include <sqlite3.h>

namespace conductor::sqlite {
namespace {

// The base has a destructor that is neither public nor virtual; nobody destroys one through it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class sqlite_category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "sqlite"; }

    std::string message(int result_code) const override {
        return std::string{sqlite3_errstr(result_code)} + " (SQLite " +
               std::to_string(result_code) + ")";
    }
};
#pragma GCC diagnostic pop

}  // namespace

boost::system::error_category const& category() noexcept {
    static sqlite_category const instance;
    return instance;
}

error_code make_error(int result_code) noexcept { return {result_code, category()}; }

failure last_failure(sqlite3* database, std::string_view file) {
    return {.code = make_error(sqlite3_extended_errcode(database)), .detail = std::string{file}};
}

}  // namespace conductor::sqlite
