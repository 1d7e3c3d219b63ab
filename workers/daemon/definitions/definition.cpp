#include <daemon/definitions/definition.hpp>

#include <daemon/definitions/json_text.hpp>
#include <daemon/text_file.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <filesystem>
#include <limits>

namespace conductor::daemon {
namespace {

constexpr std::string_view task_file = "taskdefs.json";

std::string_view word_of(definition_kind kind) {
    switch (kind) {
        case definition_kind::task: return "task definition";
        case definition_kind::workflow: return "workflow";
        case definition_kind::schedule: return "schedule";
    }
    return "definition";
}

// The JSON files of a folder by name; none when there is no such folder.
std::vector<std::filesystem::path> json_files(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error)) {
        bool const is_json = entry->path().extension() == ".json";
        if (is_json && entry->is_regular_file(error)) files.push_back(entry->path());
    }
    std::ranges::sort(files);
    return files;
}

std::optional<int> version_of(boost::json::object const& document) {
    auto const* const written = document.if_contains("version");
    if (written == nullptr) return 1;
    bool const fits = written->is_int64() && written->as_int64() >= 1 &&
                      written->as_int64() <= std::numeric_limits<int>::max();
    if (!fits) return std::nullopt;
    return static_cast<int>(written->as_int64());
}

/** @brief Collects definitions and faults, file by file. */
class reader {
public:
    void read(std::filesystem::path const& file, definition_kind kind) {
        auto const text = read_text_file(file.string());
        if (text.has_error()) return complain(text.error().message());
        auto value = parse_json(file.string(), *text);
        if (value.has_error()) return complain(value.error().detail);
        if (auto* const list = value->if_array(); list != nullptr)
            for (auto& one : *list) add(file, kind, std::move(one));
        else
            add(file, kind, *std::move(value));
    }

    void complain(std::string fault) { set_.faults.push_back(std::move(fault)); }
    definition_set take() { return std::move(set_); }

private:
    void add(std::filesystem::path const& file, definition_kind kind, boost::json::value value) {
        std::string const place = file.string() + ": ";
        if (!value.is_object()) return complain(place + "a definition must be an object: {...}");
        auto& document = value.as_object();
        auto const* const name = document.if_contains("name");
        if (name == nullptr || !name->is_string() || name->as_string().empty())
            return complain(place + "/name: missing, or no text; give the definition its name");
        definition one{kind, std::string{name->as_string()}, std::nullopt, {}};
        if (kind == definition_kind::workflow) {
            one.version = version_of(document);
            if (!one.version) return complain(place + "/version: must be a whole number from 1");
        }
        one.document = std::move(document);
        set_.definitions.push_back(std::move(one));
    }

    definition_set set_;
};

}  // namespace

std::string definition::title() const {
    std::string out{word_of(kind)};
    out += ' ' + name;
    if (version) out += " version " + std::to_string(*version);
    return out;
}

definition_set read_definitions(std::string const& folder) {
    reader all;
    std::filesystem::path const root{folder};
    std::error_code ignored;
    if (!std::filesystem::is_directory(root, ignored)) {
        all.complain(folder + ": no such folder; name the folder of the definitions with --dir");
        return all.take();
    }
    auto const files = json_files(root);
    for (auto const& file : files)
        if (file.filename() == task_file) all.read(file, definition_kind::task);
    for (auto const& file : files)
        if (file.filename() != task_file) all.read(file, definition_kind::workflow);
    for (auto const& file : json_files(root / "schedules"))
        all.read(file, definition_kind::schedule);
    definition_set set = all.take();
    if (set.definitions.empty() && set.faults.empty())
        set.faults.push_back(folder + ": holds no definitions (*.json)");
    return set;
}

}  // namespace conductor::daemon
