#include <daemon/commands/commands.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/log/printable.hpp>
#include <daemon/task_types.hpp>

#include <conductor/rest_client.hpp>

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <iomanip>

namespace conductor::daemon {
namespace {

// What only a worker or a client can tell, by making them as `run` does; they open no connection.
void try_to_make_all(config const& settings) {
    boost::asio::io_context loop{1};
    environment const around = environment::system();
    rest_client const server{loop.get_executor(), settings.server, around};
    auto const outside =
        std::make_shared<http::client>(loop.get_executor(), outside_client_options());
    make_workers(settings, outside, around);
}

void print(std::ostream& out, std::vector<effective_value> const& values) {
    std::size_t path_width = 0;
    std::size_t value_width = 0;
    for (effective_value const& one : values) {
        path_width = std::max(path_width, one.path.size());
        value_width = std::min(std::max(value_width, one.value.size()), std::size_t{48});
    }
    out << std::left;
    for (effective_value const& one : values) {
        out << std::setw(static_cast<int>(path_width)) << printable(one.path) << "  "
            << std::setw(static_cast<int>(value_width)) << printable(one.value) << "  ("
            << printable(one.origin) << ")\n";
    }
}

}  // namespace

int check_command::execute(console& to) const {
    parsed_config const parsed = load_config(config_file, to.around);
    try_to_make_all(parsed.values);
    print(to.out, parsed.effective);
    return exit_done;
}

}  // namespace conductor::daemon
