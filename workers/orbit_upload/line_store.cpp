#include <orbit_upload/line_store.hpp>

#include <orbit_upload/activity_members.hpp>

#include <utility>

namespace conductor::workers {

namespace json = boost::json;

line_store::line_store(std::string path) : path_(std::move(path)) {}

result<std::optional<std::vector<bool>>> line_store::add(
    std::string_view workspace, std::vector<json::object> const& activities) {
    auto file = locked_file::open(path_);
    if (!file) return file.error();
    if (!*file) return std::optional<std::vector<bool>>{};
    auto added = catch_up_and_add(**file, workspace, activities);
    if (!added) {
        // What is known may be wrong now: it is read anew next time.
        known_ = {};
        return added.error();
    }
    return std::optional{*std::move(added)};
}

result<std::vector<bool>> line_store::catch_up_and_add(
    locked_file& file, std::string_view workspace, std::vector<json::object> const& activities) {
    auto const done = catch_up(file);
    return done ? add_to(file, workspace, activities) : done.error();
}

result<void> line_store::catch_up(locked_file& file) {
    if (file.identity() != known_ || file.size() < lines_.end()) {
        lines_ = {};
        known_ = file.identity();
    }
    auto const done =
        file.read(lines_.end(), [this](std::string_view piece) { lines_.read(piece); });
    if (!done || lines_.repair() != tail_repair::cut_line) return done;
    auto const cut = file.cut(lines_.last_line());
    if (cut) lines_.forget_last_line();
    return cut;
}

result<std::vector<bool>> line_store::add_to(locked_file& file, std::string_view workspace,
                                             std::vector<json::object> const& activities) {
    // Ended first, so that an activity in it counts as stored.
    std::string text = lines_.repair() == tail_repair::end_line ? "\n" : "";
    lines_.read(text);
    std::vector<bool> added;
    for (auto const& activity : activities) {
        auto const key = member_text(activity, "key").value_or("");
        bool const is_new = !lines_.contains(workspace, key);
        if (is_new) {
            auto const line = stored_line(workspace, activity);
            lines_.read(line);
            text += line;
        }
        added.push_back(is_new);
    }
    if (auto const done = file.append(text); !done) return done.error();
    return added;
}

}  // namespace conductor::workers
