#include <daemon/log/log_line.hpp>

#include <daemon/log/printable.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace conductor::daemon {
namespace {

bool needs_quotes(std::string_view text) {
    return text.empty() || text.find_first_of(" \"=") != std::string_view::npos;
}

std::string in_quotes(std::string_view text) {
    std::string out{'"'};
    for (char const letter : text) {
        if (letter == '"') out += '\\';
        out += letter;
    }
    return out + '"';
}

std::string value_text(log_field const& field) {
    if (auto const* number = std::get_if<std::int64_t>(&field.value))
        return std::to_string(*number);
    std::string const shown = printable(std::get<std::string>(field.value));
    return needs_quotes(shown) ? in_quotes(shown) : shown;
}

std::string value_json(log_field const& field) {
    if (auto const* number = std::get_if<std::int64_t>(&field.value))
        return std::to_string(*number);
    return boost::json::serialize(
        boost::json::string{printable(std::get<std::string>(field.value))});
}

}  // namespace

std::string to_text(log_line const& line) {
    std::string out{line.message};
    for (log_field const& field : line.fields) {
        out += ' ';
        out += field.name;
        out += '=' + value_text(field);
    }
    return out;
}

std::string to_json_members(log_line const& line) {
    std::string out = "\"message\":" + boost::json::serialize(boost::json::string{line.message});
    for (log_field const& field : line.fields) {
        out += ",\"";
        out += field.name;
        out += "\":" + value_json(field);
    }
    return out;
}

}  // namespace conductor::daemon
