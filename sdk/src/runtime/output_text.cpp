#include "runtime/output_text.hpp"

#include <conductor/raw_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>

namespace conductor::runtime_detail {
namespace {

namespace json = boost::json;

// The server's parser allows 1000 levels, some of which the update around the output takes.
constexpr std::size_t depth_max = 900;

// The length of the UTF-8 sequence that begins here; zero when none does.
std::size_t sequence_length(std::string_view text) {
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    auto const first = byte(0);
    if (first < 0x80) return 1;
    std::size_t const length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t at = 1; at < length; ++at)
        if ((byte(at) & 0xC0) != 0x80) return 0;
    // Overlong forms, surrogates, and what lies above U+10FFFF.
    auto const second = byte(1);
    bool const is_odd = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    return is_odd ? 0 : length;
}

std::size_t ascii_prefix(std::string_view text) {
    std::size_t at = 0;
    for (std::uint64_t block = 0; at + sizeof block <= text.size(); at += sizeof block) {
        std::memcpy(&block, text.data() + at, sizeof block);
        if ((block & 0x8080808080808080U) != 0) break;
    }
    return at;
}

// Where the first byte is that is not UTF-8; the text's size when there is none.
std::size_t first_bad_byte(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        at += ascii_prefix(text.substr(at));
        if (at == text.size()) break;
        auto const length = sequence_length(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return text.size();
}

bool is_utf8(std::string_view text) { return first_bad_byte(text) == text.size(); }

std::optional<std::string> fault_in(json::value const& value, std::size_t depth);

std::optional<std::string> fault_in(json::object const& object, std::size_t depth) {
    if (depth > depth_max) return ": nested deeper than " + std::to_string(depth_max) + " levels";
    for (auto const& [name, member] : object) {
        if (!is_utf8(name)) return ": a name of a member is not UTF-8";
        if (auto fault = fault_in(member, depth + 1))
            return depth < 8 ? "/" + std::string(name) + *fault : fault;
    }
    return std::nullopt;
}

std::optional<std::string> fault_in(json::array const& array, std::size_t depth) {
    if (depth > depth_max) return ": nested deeper than " + std::to_string(depth_max) + " levels";
    for (std::size_t at = 0; at < array.size(); ++at)
        if (auto fault = fault_in(array[at], depth + 1))
            return depth < 8 ? "/" + std::to_string(at) + *fault : fault;
    return std::nullopt;
}

std::optional<std::string> fault_in(json::value const& value, std::size_t depth) {
    if (auto const* text = value.if_string(); text != nullptr && !is_utf8(*text))
        return ": text is not UTF-8";
    // As a handler may compute one, or be given one: 1e400 is read as infinite.
    if (auto const* number = value.if_double(); number != nullptr && !std::isfinite(*number))
        return ": the number is not finite, which JSON cannot tell";
    if (auto const* object = value.if_object()) return fault_in(*object, depth);
    if (auto const* array = value.if_array()) return fault_in(*array, depth);
    return std::nullopt;
}

failure unsendable(std::string const& why) {
    return {errc::bad_value, "the output cannot be sent: " + why};
}

failure too_large(std::size_t bytes, std::size_t bytes_max) {
    return {boost::system::errc::make_error_code(boost::system::errc::message_size),
            "the output has " + std::to_string(bytes) + " bytes; at most " +
                std::to_string(bytes_max) + " can be sent"};
}

}  // namespace

result<std::string> write_output(json::object const& output, std::size_t bytes_max) {
    if (auto const fault = fault_in(output, 1)) return unsendable(*fault);
    auto text = json::serialize(output);
    if (text.size() > bytes_max) return too_large(text.size(), bytes_max);
    return text;
}

result<void> write_output(task_update& update, std::size_t bytes_max) {
    if (update.output_text.empty()) {
        auto text = write_output(update.output, bytes_max);
        if (!text) return std::move(text).error();
        update.output_text = *std::move(text);
        return boost::system::in_place_value;
    }
    auto const& text = update.output_text;
    if (text.size() > bytes_max) return too_large(text.size(), bytes_max);
    if (auto const fine = check_object(text, depth_max); !fine)
        return unsendable(fine.error().detail);
    return boost::system::in_place_value;
}

std::string as_utf8(std::string text) {
    for (auto at = first_bad_byte(text); at < text.size();
         at += first_bad_byte(std::string_view(text).substr(at)))
        text[at] = '?';
    return text;
}

}  // namespace conductor::runtime_detail
