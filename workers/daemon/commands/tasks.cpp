#include <daemon/commands/commands.hpp>
#include <daemon/task_types.hpp>

#include <algorithm>
#include <iomanip>
#include <span>

namespace conductor::daemon {
namespace {

using members = std::span<workers::member_description const>;

std::string name_of(workers::member_description const& one) {
    return std::string{one.member} + (one.required ? " *" : "");
}

void print(std::ostream& out, std::string_view title, members described) {
    std::size_t name_width = 0;
    std::size_t type_width = 0;
    for (auto const& one : described) {
        name_width = std::max(name_width, name_of(one).size());
        type_width = std::max(type_width, one.type.size());
    }
    out << "  " << title << '\n' << std::left;
    for (auto const& one : described) {
        out << "    " << std::setw(static_cast<int>(name_width)) << name_of(one) << "  "
            << std::setw(static_cast<int>(type_width)) << one.type << "  " << one.meaning;
        if (!one.default_value.empty()) out << " (default " << one.default_value << ')';
        out << '\n';
    }
}

}  // namespace

int tasks_command::execute(console& to) const {
    for (workers::task_description const& type : task_descriptions()) {
        to.out << type.name << ": " << type.summary << '\n';
        print(to.out, "input (* required)", type.inputs);
        print(to.out, "output (* always there)", type.outputs);
        to.out << '\n';
    }
    return exit_done;
}

}  // namespace conductor::daemon
