#include <star_filter/star_filter_request.hpp>

#include <contract/input_reader.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr std::string_view github_site = "https://github.com/";
constexpr std::array<std::string_view, activity_kinds> kind_names{"stars", "forks", "contributors"};
constexpr std::array<std::string_view, activity_kinds> kind_deeds{"Starred", "Forked",
                                                                  "Contributed to"};
constexpr double window_hours_default = 24;
constexpr double window_hours_max = 24.0 * 366 * 100;

std::optional<double> number_of(json::value const& value) {
    if (auto const* text = value.if_string()) {
        double number = 0;
        auto const* const end = text->data() + text->size();
        auto const [stop, error] = std::from_chars(text->data(), end, number);
        return error == std::errc{} && stop == end ? std::optional{number} : std::nullopt;
    }
    return value.is_number() ? std::optional{value.to_number<double>()} : std::nullopt;
}

milliseconds read_window(input_reader& reader) {
    auto const* value = reader.find("window_hours");
    auto const hours = value != nullptr ? number_of(*value) : window_hours_default;
    // Written so that a number which is none ("nan" as a text) fails as well.
    if (!hours || !(*hours >= 0 && *hours <= window_hours_max)) {
        reader.refuse("/window_hours", "expected a number of hours from 0 to 878400");
        return {};
    }
    return milliseconds{std::llround(*hours * 3'600'000)};
}

void read_times(input_reader& reader, instant clock, star_filter_request& request) {
    auto now = reader.time("now");
    if (!now) now = reader.time("_scheduledTime");
    auto const until = reader.time("until");
    auto const cutoff = reader.time("cutoff");
    auto const end = now ? *now : until.value_or(clock);
    request.until = until.value_or(end);
    if (cutoff)
        request.cutoff = *cutoff;
    else if (auto const window = read_window(reader); window > milliseconds{0})
        request.cutoff = end - window;
    if (reader.good() && request.cutoff > request.until)
        reader.refuse("/cutoff", "the window ends before it begins");
}

void read_repository(input_reader& reader, star_filter_request& request) {
    auto const id = reader.integer("repo_id", {.min = 1});
    // The number makes a key by itself; without it the name has to be there.
    auto const owner = id ? reader.text("gh_account") : reader.required_text("gh_account");
    auto const name = id ? reader.text("gh_repo") : reader.required_text("gh_repo");
    auto full_name = owner && name ? *owner + "/" + *name : std::string{};
    request.repository = id ? std::to_string(*id) : lower_case(full_name);
    if (auto const present = reader.text("full_name")) full_name = *present;
    request.link = full_name.empty() ? std::string{} : std::string{github_site} + full_name;
}

// One text for all, or one for each kind; the kinds that it does not name say what was done.
void read_titles(json::object const& input, input_reader& reader, star_filter_request& request) {
    auto const* const named = input.if_contains("activity_name");
    auto const* const by_kind = named != nullptr ? named->if_object() : nullptr;
    if (by_kind == nullptr) {
        request.titles.fill(reader.required_text("activity_name"));
        return;
    }
    input_reader titles{*by_kind};
    std::string const whole = request.link.empty() ? "repository " + request.repository
                                                   : request.link.substr(github_site.size());
    for (std::size_t kind = 0; kind != activity_kinds; ++kind) {
        std::string const usual = std::string{kind_deeds[kind]} + " " + whole;
        request.titles[kind] = titles.text(kind_names[kind]).value_or(usual);
    }
    if (!titles.good()) reader.refuse("/activity_name", titles.error().message);
}

std::unordered_set<std::string> read_texts(input_reader& reader, std::string_view name) {
    std::unordered_set<std::string> texts;
    auto const* list = reader.array(name);
    if (list == nullptr) return texts;
    for (std::size_t index = 0; index != list->size(); ++index)
        if (auto const* text = (*list)[index].if_string())
            texts.emplace(text->data(), text->size());
        else
            reader.refuse(json_pointer(name) + "/" + std::to_string(index), "expected a text");
    return texts;
}

std::unordered_set<std::string> read_logins(input_reader& reader) {
    std::unordered_set<std::string> logins;
    for (auto const& login : read_texts(reader, "exclude_logins")) logins.insert(lower_case(login));
    return logins;
}

}  // namespace

outcome<star_filter_request> read_star_filter_request(json::object const& input, instant clock) {
    input_reader reader{input};
    star_filter_request request;
    read_repository(reader, request);
    read_titles(input, reader, request);
    read_times(reader, clock, request);
    request.seen_keys = read_texts(reader, "seen_keys");
    request.exclude_logins = read_logins(reader);
    request.exclude_bots = reader.boolean("exclude_bots").value_or(false);
    if (!reader.good()) return reader.error();
    return request;
}

std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

}  // namespace conductor::workers
