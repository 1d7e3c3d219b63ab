#include <daemon/commands/commands.hpp>
#include <daemon/log/printable.hpp>
#include <daemon/output_file.hpp>
#include <report/community_queries.hpp>
#include <report/page.hpp>

#include <conductor/config_error.hpp>

#include <filesystem>

namespace conductor::daemon {
namespace {

using workers::report::community;

constexpr std::chrono::seconds busy_wait{10};

[[noreturn]] void refuse(std::string const& option, std::string const& why) {
    throw config_error(option + ": " + printable(why));
}

// What is wrong with the database is told by the detail; of SQLite's errors it is but the file.
std::string reason(failure const& error) {
    return error.code == errc::bad_value ? error.detail : error.message();
}

community read(std::string const& file) {
    std::error_code error;
    auto const status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) refuse("--db", file + ": there is no such file");
    if (std::filesystem::is_directory(status)) refuse("--db", file + ": it is a folder");
    auto opened = sqlite::database::open(file, sqlite::access::read_only, busy_wait);
    if (!opened) refuse("--db", reason(opened.error()));
    auto read = workers::report::read_community(*opened);
    if (!read) refuse("--db", reason(read.error()));
    return *std::move(read);
}

}  // namespace

int report_command::execute(console& to) const {
    std::string const page = workers::report::render_page(read(database));
    if (out == "-") {
        to.out << page << std::flush;
        if (!to.out) refuse("--out", "standard output cannot be written to");
        return exit_done;
    }
    if (auto const written = replace_file(out, page); !written)
        refuse("--out", written.error().message());
    return exit_done;
}

}  // namespace conductor::daemon
