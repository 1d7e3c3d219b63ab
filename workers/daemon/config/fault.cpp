#include <daemon/config/fault.hpp>

#include <daemon/log/printable.hpp>

namespace conductor::daemon {

std::string fault::text() const {
    std::string out = printable(file);
    if (where.line > 0)
        out += ':' + std::to_string(where.line) + ':' + std::to_string(where.column);
    out += ": ";
    if (!path.empty()) out += printable(path) + ": ";
    return out + printable(message);
}

}  // namespace conductor::daemon
