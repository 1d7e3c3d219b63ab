#include <daemon/log/printable.hpp>

#include <contract/utf8.hpp>

#include <cstdio>

namespace conductor::daemon {
namespace {

using workers::utf8_character;

std::string escaped(utf8_character one) {
    if (one.valid && one.code == '\n') return "\\n";
    if (one.valid && one.code == '\r') return "\\r";
    if (one.valid && one.code == '\t') return "\\t";
    char buffer[16];
    char const* const form = one.valid && one.code > 0xFF ? "\\u{%04X}" : "\\x%02X";
    int const length = std::snprintf(buffer, sizeof buffer, form, static_cast<unsigned>(one.code));
    return {buffer, static_cast<std::size_t>(length)};
}

}  // namespace

std::string printable(std::string_view text, std::size_t bytes_max) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        utf8_character const one = workers::first_character(text);
        bool const shown = one.valid && !workers::changes_the_line(one.code);
        std::string const piece = shown ? std::string{text.substr(0, one.bytes)} : escaped(one);
        if (out.size() + piece.size() > bytes_max) return out + "…";
        out += piece;
        text.remove_prefix(one.bytes);
    }
    return out;
}

}  // namespace conductor::daemon
