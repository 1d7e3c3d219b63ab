#include "api/plain_json.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace conductor::api {
namespace {

// Of a number that fits into 64 bits whatever its digits are.
constexpr std::ptrdiff_t digits_max = 18;

constexpr std::array<bool, 256> plain_characters = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}();

bool is_plain(char c) { return plain_characters[static_cast<unsigned char>(c)]; }

// The first character of a range that is not plain.
char const* find_end_of_plain(char const* at, char const* end) {
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        __m128i bytes;
        std::memcpy(&bytes, at, sizeof bytes);
        // As signed numbers, bytes from 0x80 on are below the blank as well.
        auto const odd = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                                      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
        auto const mask = static_cast<unsigned>(_mm_movemask_epi8(odd));
        if (mask != 0) return at + std::countr_zero(mask);
    }
#endif
    while (at != end && is_plain(*at)) ++at;
    return at;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

}  // namespace

char plain_json::peek() {
    while (at_ != end_ && is_blank(*at_)) ++at_;
    return at_ != end_ ? *at_ : '\0';
}

bool plain_json::take(char wanted) {
    if (peek() != wanted || at_ == end_) return false;
    ++at_;
    return true;
}

bool plain_json::take_word(std::string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
}

std::optional<std::string_view> plain_json::take_text() {
    if (!take('"')) return std::nullopt;
    auto const* const begin = at_;
    at_ = find_end_of_plain(at_, end_);
    if (at_ == end_ || *at_ != '"') return std::nullopt;
    return std::string_view{begin, static_cast<std::size_t>(at_++ - begin)};
}

std::optional<std::int64_t> plain_json::take_whole_number() {
    auto const* const begin = at_;
    std::int64_t value = 0;
    while (at_ != end_ && is_digit(*at_) && at_ - begin < digits_max)
        value = value * 10 + (*at_++ - '0');
    auto const digits = at_ - begin;
    bool const goes_on = at_ == end_ || *at_ == '.' || *at_ == 'e' || *at_ == 'E' || is_digit(*at_);
    if (digits > 0 && !goes_on && (*begin != '0' || digits == 1)) return value;
    at_ = begin;
    return std::nullopt;
}

bool plain_json::skip_value(unsigned depth) {
    switch (peek()) {
        case '"': return take_text().has_value();
        case '{': return depth < levels_max && skip_members(depth + 1);
        case '[': return depth < levels_max && skip_elements(depth + 1);
        case 't': return take_word("true");
        case 'f': return take_word("false");
        case 'n': return take_word("null");
        default: return skip_number();
    }
}

bool plain_json::skip_members(unsigned depth) {
    take('{');
    if (take('}')) return true;
    do {
        if (!take_text() || !take(':') || !skip_value(depth)) return false;
    } while (take(','));
    return take('}');
}

bool plain_json::skip_elements(unsigned depth) {
    take('[');
    if (take(']')) return true;
    do {
        if (!skip_value(depth)) return false;
    } while (take(','));
    return take(']');
}

std::size_t plain_json::skip_digits() {
    auto const* const begin = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return static_cast<std::size_t>(at_ - begin);
}

bool plain_json::skip_number() {
    if (at_ != end_ && *at_ == '-') ++at_;
    bool const starts_with_zero = at_ != end_ && *at_ == '0';
    auto const digits = skip_digits();
    if (digits == 0 || (starts_with_zero && digits > 1)) return false;
    if (at_ != end_ && *at_ == '.') {
        ++at_;
        if (skip_digits() == 0) return false;
    }
    return at_ == end_ || (*at_ != 'e' && *at_ != 'E');
}

}  // namespace conductor::api
