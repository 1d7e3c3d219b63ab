#include "lossless_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

namespace conductor::storage {
namespace {

namespace json = boost::json;
using boost::system::error_code;

// Deeper than any server takes; the parser's own stack is on the heap.
constexpr std::size_t depth_max = 10'000;

/** @brief Builds the value that a parser tells of. */
class value_builder {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    value_builder() { stack_.reset(); }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return true; }
    bool on_object_end(std::size_t members, error_code&) {
        stack_.push_object(members);
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t elements, error_code&) {
        stack_.push_array(elements);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view rest, std::size_t, error_code&) {
        stack_.push_key(rest);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view rest, std::size_t, error_code&) {
        stack_.push_string(rest);
        return true;
    }
    bool on_number_part(json::string_view part, error_code&) {
        number_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t number, json::string_view, error_code&) {
        number_.clear();
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, error_code&) {
        number_.clear();
        stack_.push_uint64(number);
        return true;
    }
    // Boost's own reading is off by a bit now and then.
    bool on_double(double near, json::string_view rest, error_code&) {
        number_.append(rest.data(), rest.size());
        double exact = 0;
        auto const read = std::from_chars(number_.data(), number_.data() + number_.size(), exact);
        number_.clear();
        stack_.push_double(read.ec == std::errc{} ? exact : near);
        return true;
    }
    bool on_bool(bool value, error_code&) {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }

    json::value release() { return stack_.release(); }

private:
    json::value_stack stack_;
    std::string number_;
};

}  // namespace

bool has_text(json::value const& value) {
    if (auto const* const number = value.if_double()) return std::isfinite(*number);
    if (auto const* const list = value.if_array()) return std::ranges::all_of(*list, has_text);
    auto const* const object = value.if_object();
    auto const is_good = [](json::key_value_pair const& member) {
        return has_text(member.value());
    };
    return object == nullptr || std::ranges::all_of(*object, is_good);
}

std::string write_json(json::value const& value) { return json::serialize(value); }

std::optional<json::value> read_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = depth_max;
    options.allow_invalid_utf8 = true;
    json::basic_parser<value_builder> parser{options};
    error_code failed;
    auto const used = parser.write_some(false, text.data(), text.size(), failed);
    if (failed || used != text.size()) return std::nullopt;
    return parser.handler().release();
}

}  // namespace conductor::storage
