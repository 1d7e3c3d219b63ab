#include "api/json_check.hpp"

#include "api/plain_json.hpp"

#include <conductor/raw_json.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <cstdint>
#include <limits>

namespace conductor {
namespace {

namespace json = boost::json;

// Takes what the parser finds, and keeps nothing. The parser wants these names, and checks UTF-8.
struct nothing_kept {
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    using code = json::error_code;
    using part = json::string_view;

    static bool on_document_begin(code&) { return true; }
    static bool on_document_end(code&) { return true; }
    static bool on_object_begin(code&) { return true; }
    static bool on_object_end(std::size_t, code&) { return true; }
    static bool on_array_begin(code&) { return true; }
    static bool on_array_end(std::size_t, code&) { return true; }
    static bool on_key_part(part, std::size_t, code&) { return true; }
    static bool on_key(part, std::size_t, code&) { return true; }
    static bool on_string_part(part, std::size_t, code&) { return true; }
    static bool on_string(part, std::size_t, code&) { return true; }
    static bool on_number_part(part, code&) { return true; }
    static bool on_int64(std::int64_t, part, code&) { return true; }
    static bool on_uint64(std::uint64_t, part, code&) { return true; }
    static bool on_double(double, part, code&) { return true; }
    static bool on_bool(bool, code&) { return true; }
    static bool on_null(code&) { return true; }
    static bool on_comment_part(part, code&) { return true; }
    static bool on_comment(part, code&) { return true; }
};

constexpr std::string_view blanks{" \t\r\n"};

failure bad_json(std::size_t at, std::string_view why) {
    return {errc::bad_value, "not JSON at byte " + std::to_string(at) + ": " + std::string(why)};
}

}  // namespace

result<std::size_t> api::check_value(std::string_view text, std::size_t depth_max) {
    // Most of what servers send; it is not nested deep.
    if (plain_json plain(text); depth_max >= plain_json::levels_max && plain.skip_value())
        return text.size() - plain.rest().size();
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<nothing_kept> parser(options);
    json::error_code error;
    auto const read = parser.write_some(false, text.data(), text.size(), error);
    if (error) return bad_json(read, error.message());
    // The parser steps over blanks behind the value.
    return text.find_last_not_of(blanks, read - 1) + 1;
}

result<void> check_object(std::string_view text, std::size_t depth_max) {
    auto const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos || text[begin] != '{')
        return failure{errc::bad_value, "not a JSON object"};
    auto const length = api::check_value(text.substr(begin), depth_max);
    if (!length) return length.error();
    auto const rest = text.find_first_not_of(blanks, begin + *length);
    if (rest != std::string_view::npos) return bad_json(rest, "more than one value");
    return boost::system::in_place_value;
}

}  // namespace conductor
