#include <daemon/control/form_fields.hpp>

#include <algorithm>
#include <charconv>

namespace conductor::daemon {
namespace {

// A byte of two hexadecimal digits; false when they are none.
bool read_byte(std::string_view digits, char& out) {
    unsigned value = 0;
    if (digits.size() != 2) return false;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + 2, value, 16);
    if (error != std::errc{} || end != digits.data() + 2) return false;
    out = static_cast<char>(value);
    return true;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char letter = text[at];
        if (letter == '+') letter = ' ';
        if (letter == '%' && read_byte(text.substr(at + 1, 2), letter)) at += 2;
        out += letter;
    }
    return out;
}

}  // namespace

std::map<std::string, std::string, std::less<>> read_form(std::string_view body) {
    std::map<std::string, std::string, std::less<>> out;
    while (!body.empty()) {
        std::string_view const field = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(body.size(), field.size() + 1));
        auto const equals = std::min(field.find('='), field.size());
        auto const value = field.substr(std::min(equals + 1, field.size()));
        out.try_emplace(unescaped(field.substr(0, equals)), unescaped(value));
    }
    return out;
}

}  // namespace conductor::daemon
