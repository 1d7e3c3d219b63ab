#include "export_answer.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace conductor::tracing {
namespace {

namespace json = boost::json;

constexpr std::array passing{429, 502, 503, 504};
constexpr std::int64_t wait_max = 3600;

std::optional<std::int64_t> read_number(std::string_view text) {
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number < 0) return std::nullopt;
    return number;
}

std::optional<std::chrono::seconds> wait_of(http::response const& answer) {
    auto const text = answer.headers.find("Retry-After");
    auto const number = text ? read_number(*text) : std::nullopt;
    if (!number) return std::nullopt;
    return std::chrono::seconds{std::min(*number, wait_max)};
}

/** @brief A 64-bit number, which stands as text in OTLP's JSON but may be a number. */
std::size_t count_of(json::value const& value) {
    if (auto const* const text = value.if_string())
        return static_cast<std::size_t>(read_number(*text).value_or(0));
    auto const* const number = value.if_int64();
    return number != nullptr && *number > 0 ? static_cast<std::size_t>(*number) : 0;
}

std::size_t refused_spans(std::string_view body) {
    boost::system::error_code failed;
    auto const answer = json::parse(body, failed);
    auto const* const members = failed ? nullptr : answer.if_object();
    auto const* const partial = members ? members->if_contains("partialSuccess") : nullptr;
    auto const* const success = partial ? partial->if_object() : nullptr;
    auto const* const count = success ? success->if_contains("rejectedSpans") : nullptr;
    return count != nullptr ? count_of(*count) : 0;
}

}  // namespace

export_answer read_answer(result<http::response> const& answer) {
    // What cannot be sent at all does not become better by trying.
    if (!answer &&
        (answer.error().code == errc::bad_header || answer.error().code == errc::bad_url))
        return {.fate = batch_fate::refused, .error = answer.error().message()};
    // What had arrived after all comes again under the same ids, which is told apart from others.
    if (!answer) return {.fate = batch_fate::again, .error = answer.error().message()};
    if (answer->status >= 200 && answer->status < 300) {
        auto const refused = refused_spans(answer->body);
        return {.refused = refused, .error = refused != 0 ? "the receiver refused some spans" : ""};
    }
    bool const passes = std::ranges::find(passing, answer->status) != passing.end();
    return {.fate = passes ? batch_fate::again : batch_fate::refused,
            .wait = passes ? wait_of(*answer) : std::nullopt,
            .error = "HTTP " + std::to_string(answer->status)};
}

}  // namespace conductor::tracing
