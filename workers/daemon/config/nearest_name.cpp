#include <daemon/config/nearest_name.hpp>

#include <algorithm>

namespace conductor::daemon {
namespace {

// Longer texts are no slips of a finger, and the comparison takes time by the product of lengths.
constexpr std::size_t name_bytes_max = 64;

std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t column = 0; column <= right.size(); ++column) last[column] = column;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            std::size_t const change = left[line - 1] == right[column - 1] ? 0 : 1;
            row[column] =
                std::min({last[column] + 1, row[column - 1] + 1, last[column - 1] + change});
            bool const swapped = line > 1 && column > 1 && left[line - 1] == right[column - 2] &&
                                 left[line - 2] == right[column - 1];
            if (swapped) row[column] = std::min(row[column], before[column - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[right.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view written,
                                        std::vector<std::string> const& names) {
    if (written.size() > name_bytes_max) return std::nullopt;
    std::optional<std::string> nearest;
    std::size_t smallest = std::max<std::size_t>(written.size() / 3, 1) + 1;
    for (std::string const& name : names) {
        std::size_t const distance = edit_distance(written, name);
        if (distance >= smallest) continue;
        smallest = distance;
        nearest = name;
    }
    return nearest;
}

std::string listed(std::vector<std::string> const& names) {
    std::string out;
    for (std::string const& name : names) {
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

}  // namespace conductor::daemon
