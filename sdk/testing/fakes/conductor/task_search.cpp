#include "task_search.hpp"

#include "members.hpp"

#include <algorithm>
#include <cstddef>

namespace conductor::test {

namespace {

constexpr std::string_view condition_separator = " AND ";
constexpr std::string_view value_quotes = "'\"";

std::string_view unquoted(std::string_view value) {
    if (!value.empty() && value_quotes.find(value.front()) != std::string_view::npos)
        value.remove_prefix(1);
    if (!value.empty() && value_quotes.find(value.back()) != std::string_view::npos)
        value.remove_suffix(1);
    return value;
}

bool matches(std::string_view text, std::string_view pattern) {
    auto const star = pattern.find('*');
    if (star == std::string_view::npos) return text == pattern;
    if (!text.starts_with(pattern.substr(0, star))) return false;
    auto const rest = pattern.substr(star + 1);
    for (auto from = star; from <= text.size(); ++from)
        if (matches(text.substr(from), rest)) return true;
    return false;
}

}  // namespace

task_query::task_query(std::string_view text) {
    while (!text.empty()) {
        auto const end = std::min(text.find(condition_separator), text.size());
        add(text.substr(0, end));
        text.remove_prefix(std::min(end + condition_separator.size(), text.size()));
    }
}

void task_query::add(std::string_view condition) {
    auto const equals = condition.find('=');
    auto const member = condition.substr(0, std::min(equals, condition.size()));
    if (equals == std::string_view::npos)
        fault_ = query_fault::malformed;
    else if (member != "taskType" && member != "status")
        fault_ = query_fault::unknown_member;
    else
        conditions_.emplace_back(member, unquoted(condition.substr(equals + 1)));
    if (fault_ != query_fault::none) faulty_ = condition;
}

bool task_query::is_met_by(boost::json::object const& task) const {
    return std::ranges::all_of(conditions_, [&](auto const& condition) {
        return matches(text_of(task, condition.first), condition.second);
    });
}

}  // namespace conductor::test
