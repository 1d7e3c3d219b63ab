#include <github_fetch/json_members.hpp>

#include <github_fetch/page_plan.hpp>

#include <boost/json/stream_parser.hpp>

namespace conductor::workers::github {

namespace json = boost::json;

result<json::value> parse_body(std::string_view body) {
    json::parse_options options;
    options.max_depth = 32;
    json::stream_parser parser{{}, options};
    error_code error;
    std::size_t const read = parser.write_some(body.data(), body.size(), error);
    if (!error && read < body.size()) error = json::make_error_code(json::error::extra_data);
    if (!error) parser.finish(error);
    if (error) {
        return failure{errc::bad_response, error.message() + " at byte " + std::to_string(read) +
                                               " of " + std::to_string(body.size())};
    }
    return parser.release();
}

std::optional<std::string> text_member(json::object const& object, std::string_view name) {
    auto const* const value = object.if_contains(name);
    auto const* const text = value != nullptr ? value->if_string() : nullptr;
    if (text == nullptr) return std::nullopt;
    return std::string{text->data(), text->size()};
}

std::optional<std::int64_t> count_member(json::object const& object, std::string_view name) {
    auto const* const value = object.if_contains(name);
    auto const* const number = value != nullptr ? value->if_int64() : nullptr;
    if (number == nullptr || *number < 0 || *number > row_number_max) return std::nullopt;
    return *number;
}

failure malformed(std::string const& pointer, std::string_view complaint) {
    std::string const where = pointer.empty() ? "" : pointer + ": ";
    return {errc::bad_response, where + std::string{complaint}};
}

json::value number_or_null(std::optional<std::int64_t> number) {
    return number ? json::value(*number) : json::value(nullptr);
}

}  // namespace conductor::workers::github
