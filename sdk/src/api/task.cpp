#include <conductor/task.hpp>

#include "api/task_text.hpp"

#include <boost/json/serialize.hpp>

namespace conductor {

boost::json::object const& task::document() const { return whole_ ? whole_->document() : members_; }

boost::json::value const* task::find(std::string_view name) const {
    if (!whole_) return members_.if_contains(name);
    if (name == input_member && !whole_->input_text().empty()) return &whole_->input();
    return detail::task_text::leaves_out(name) ? whole_->document().if_contains(name)
                                               : members_.if_contains(name);
}

raw_json task::input_text() const {
    if (whole_ && !whole_->input_text().empty()) return {std::string(whole_->input_text())};
    return {boost::json::serialize(input())};
}

std::string_view task::text(std::string_view name) const {
    auto const* value = find(name);
    auto const* text = value != nullptr ? value->if_string() : nullptr;
    return text != nullptr ? std::string_view(*text) : std::string_view();
}

std::int64_t task::number(std::string_view name) const {
    auto const* value = find(name);
    if (value == nullptr || !value->is_number()) return 0;
    boost::system::error_code ec;
    auto const number = value->to_number<std::int64_t>(ec);
    return ec ? 0 : number;
}

boost::json::object const& task::object(std::string_view name) const {
    static boost::json::object const empty;
    auto const* value = find(name);
    auto const* object = value != nullptr ? value->if_object() : nullptr;
    return object != nullptr ? *object : empty;
}

std::string_view to_string(task_status status) noexcept {
    switch (status) {
        case task_status::in_progress: return "IN_PROGRESS";
        case task_status::failed: return "FAILED";
        case task_status::failed_with_terminal_error: return "FAILED_WITH_TERMINAL_ERROR";
        case task_status::completed: return "COMPLETED";
    }
    return "FAILED";
}

}  // namespace conductor
