#include <daemon/definitions/json_text.hpp>

#include <daemon/text_file.hpp>

#include <boost/json/stream_parser.hpp>

#include <algorithm>

namespace conductor::daemon {
namespace {

std::string place(std::string const& name, std::string_view before) {
    auto const line = 1 + std::ranges::count(before, '\n');
    auto const column = before.size() - (before.rfind('\n') + 1) + 1;
    return name + ':' + std::to_string(line) + ':' + std::to_string(column) + ": ";
}

}  // namespace

result<boost::json::value> parse_json(std::string const& name, std::string_view text) {
    boost::json::stream_parser parser;
    error_code error;
    std::size_t const read = parser.write_some(text.data(), text.size(), error);
    if (!error && read < text.size()) {
        return failure{errc::bad_value,
                       place(name, text.substr(0, read)) + "something follows the JSON value"};
    }
    if (!error) parser.finish(error);
    if (error) {
        return failure{errc::bad_value,
                       place(name, text.substr(0, read)) + "is not JSON: " + error.message()};
    }
    return parser.release();
}

result<boost::json::object> read_json_object(std::string const& path) {
    auto const text = read_text_file(path);
    if (text.has_error()) return text.error();
    std::string const name = path == "-" ? "standard input" : path;
    auto value = parse_json(name, *text);
    if (value.has_error()) return value.error();
    if (!value->is_object())
        return failure{errc::bad_value, name + ":1:1: must hold a JSON object: {...}"};
    return std::move(value->as_object());
}

}  // namespace conductor::daemon
