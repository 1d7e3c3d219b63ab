#include <orbit_upload/stored_lines.hpp>

#include <orbit_upload/activity_members.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace conductor::workers {
namespace {

namespace json = boost::json;

constexpr std::string_view line_beginning = R"({"workspace":")";
// What is longer is no line of ours, and is not kept in memory.
constexpr std::size_t line_bytes_max = 1024 * 1024;

std::string name_of(std::string_view workspace, std::string_view key) {
    std::string name{workspace};
    name += '\0';
    return name += key;
}

json::object object_of(std::string_view line) {
    json::error_code error;
    auto document = json::parse(line, error);
    return !error && document.is_object() ? std::move(document).as_object() : json::object{};
}

}  // namespace

void stored_lines::read(std::string_view bytes) {
    end_ += bytes.size();
    for (;;) {
        auto const line_end = bytes.find('\n');
        auto const piece = bytes.substr(0, line_end);
        tail_bytes_ += piece.size();
        if (tail_bytes_ <= line_bytes_max) tail_ += piece;
        if (line_end == std::string_view::npos) return;
        if (tail_bytes_ <= line_bytes_max) add(tail_);
        tail_.clear();
        tail_bytes_ = 0;
        bytes.remove_prefix(line_end + 1);
    }
}

void stored_lines::add(std::string_view line) {
    auto const activity = object_of(line);
    auto const workspace = member_text(activity, "workspace");
    auto const key = member_text(activity, "key");
    if (workspace && key) keys_.insert(name_of(*workspace, *key));
}

bool stored_lines::contains(std::string_view workspace, std::string_view key) const {
    return keys_.contains(name_of(workspace, key));
}

tail_repair stored_lines::repair() const {
    if (tail_bytes_ == 0) return tail_repair::none;
    auto const common = std::min(tail_.size(), line_beginning.size());
    bool const ours = tail_bytes_ == tail_.size() &&
                      std::string_view{tail_}.substr(0, common) == line_beginning.substr(0, common);
    return ours && object_of(tail_).empty() ? tail_repair::cut_line : tail_repair::end_line;
}

void stored_lines::forget_last_line() {
    end_ -= tail_bytes_;
    tail_bytes_ = 0;
    tail_.clear();
}

std::string stored_line(std::string_view workspace, json::object const& activity) {
    json::object line;
    line.reserve(activity.size() + 1);
    line["workspace"] = workspace;
    for (auto const& member : activity)
        if (member.key() != "workspace") line.emplace(member.key(), member.value());
    return json::serialize(line) + "\n";
}

}  // namespace conductor::workers
