#include <github_fetch/star_history.hpp>

#include <contract/instant.hpp>
#include <github_fetch/json_members.hpp>
#include <github_fetch/page_plan.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t date_size = 10;                  // 2026-09-04
constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

std::optional<sys_days> day_of(std::string const& text) {
    bool const is_date = text.size() == date_size;
    auto const at = parse_instant(is_date ? text + "T00:00:00Z" : text);
    if (at.has_error()) return std::nullopt;
    return std::chrono::floor<days>(*at);
}

std::optional<sys_days> read_week(json::object const& entry) {
    if (auto const text = text_member(entry, "week")) return day_of(*text);
    auto const seconds = count_member(entry, "week");
    if (!seconds || *seconds > last_second) return std::nullopt;
    return std::chrono::floor<days>(std::chrono::sys_seconds{std::chrono::seconds{*seconds}});
}

std::optional<std::int64_t> count_of(json::value const& value) {
    auto const* const number = value.if_int64();
    bool const sound = number != nullptr && *number >= 0 && *number <= row_number_max;
    return sound ? std::optional{*number} : std::nullopt;
}

result<void> read_entry(json::object const& entry, std::string const& pointer,
                        std::vector<day_count>& out) {
    auto const week = read_week(entry);
    if (!week) return malformed(pointer + "/week", "expected the first day of a week");
    auto const* const counts = entry.if_contains("days");
    if (counts == nullptr || !counts->is_array() || counts->get_array().size() != 7)
        return malformed(pointer + "/days", "expected seven numbers");
    for (std::size_t day = 7; day-- > 0;) {
        auto const count = count_of(counts->get_array()[day]);
        std::string const where = pointer + "/days/" + std::to_string(day);
        if (!count) return malformed(where, "expected a whole number");
        out.push_back({*week + days{day}, *count});
    }
    return {};
}

}  // namespace

result<std::vector<day_count>> read_history(json::value const& body) {
    auto const* const weeks = body.if_array();
    if (weeks == nullptr) return malformed("", "expected an array");
    std::vector<day_count> out;
    out.reserve(weeks->size() * 7);
    for (std::size_t index = 0; index < weeks->size(); ++index) {
        std::string const pointer = "/" + std::to_string(index);
        auto const* const entry = (*weeks)[index].if_object();
        if (entry == nullptr) return malformed(pointer, "expected an object");
        auto const read = read_entry(*entry, pointer, out);
        if (read.has_error()) return read.error();
    }
    std::ranges::sort(out, std::ranges::greater{}, &day_count::day);
    return out;
}

json::array history_json(std::vector<day_count> const& days) {
    json::array out;
    out.reserve(days.size());
    for (auto const& one : days) {
        auto const date = format_instant(one.day).substr(0, date_size);
        out.push_back(json::object{{"date", date}, {"count", one.count}});
    }
    return out;
}

}  // namespace conductor::workers::github
