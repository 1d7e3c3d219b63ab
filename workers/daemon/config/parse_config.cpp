#include <daemon/config/parse_config.hpp>

#include <daemon/config/parts.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

namespace conductor::daemon {
namespace {

constexpr number_rule grace_rule{0, 3600, "seconds"};
// A configuration is a page of text; aliases could blow a larger one up.
constexpr std::size_t config_bytes_max = 1024 * 1024;

void read_log(section part, config& out) {
    std::string const level = part.choice("level", {"debug", "info", "warn", "error"}, "info");
    out.log_level = level == "debug"  ? log_level::debug
                    : level == "warn" ? log_level::warn
                    : level == "info" ? log_level::info
                                      : log_level::error;
    std::string const format = part.choice("format", {"text", "json"}, "text");
    out.log_format = format == "json" ? log_format::json : log_format::text;
    part.finish();
}

void read_shutdown(section part, config& out) {
    out.grace = std::chrono::seconds{part.number("grace_seconds", grace_rule, out.grace.count())};
    part.finish();
}

void read_state_dir(section& root, surroundings const& around, config& out) {
    if (auto const written = root.text("state_dir")) {
        if (!written->text.starts_with('/')) {
            root.complain(written->where, "state_dir",
                          "must be an absolute path, such as /var/lib/conductor-workerd");
        }
        out.state_dir = written->text;
        root.report().from_file("state_dir", out.state_dir, written->where);
    } else if (auto const given = around.variable("STATE_DIRECTORY")) {
        // systemd lists several directories with colons between them; the first is ours.
        out.state_dir = given->substr(0, given->find(':'));
        root.report().from_environment("state_dir", out.state_dir, "STATE_DIRECTORY");
    } else {
        root.report().by_default("state_dir", "(none)");
    }
}

void read_root(section root, surroundings const& around, config& out) {
    read_server(root.mapping("server"), around, out.server);
    read_secrets(root.mapping("secrets"), around, out);
    read_state_dir(root, around, out);
    read_outbox(root.mapping("outbox"), out);
    read_workers(root.mapping("workers"), around, out);
    read_admin(root.mapping("admin"), around, out);
    read_log(root.mapping("log"), out);
    read_shutdown(root.mapping("shutdown"), out);
    root.finish();
}

// The most frequent reason for an error of YAML, and one that nobody sees.
bool is_indented_by_tab(std::string_view text, int line) {
    for (; line > 1; --line) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    auto const indent = text.substr(0, text.find_first_not_of(" \t"));
    return indent.find('\t') != std::string_view::npos;
}

// Counts documents.
class document_counter final : public YAML::EventHandler {
public:
    std::size_t count() const { return count_; }

private:
    using mark = YAML::Mark const&;
    using text = std::string const&;
    using anchor = YAML::anchor_t;
    using style = YAML::EmitterStyle::value;

    void OnDocumentStart(mark) override { ++count_; }
    void OnDocumentEnd() override {}
    void OnNull(mark, anchor) override {}
    void OnAlias(mark, anchor) override {}
    void OnScalar(mark, text, anchor, text) override {}
    void OnSequenceStart(mark, text, anchor, style) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(mark, text, anchor, style) override {}
    void OnMapEnd() override {}

    std::size_t count_ = 0;
};

// Out of some texts the library makes documents without end, so nobody asks for a third one.
bool holds_several_documents(std::string const& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    document_counter counter;
    return parser.HandleNextDocument(counter) && parser.HandleNextDocument(counter) &&
           counter.count() > 1;
}

void read_text(std::string const& text, surroundings const& around, report& notes, config& out) {
    if (text.size() > config_bytes_max) {
        notes.complain({1, 1}, "", "is larger than a configuration can be (1 MiB)");
        return;
    }
    try {
        if (holds_several_documents(text)) {
            notes.complain({1, 1}, "", "holds several documents; remove the lines of only ---");
            return;
        }
        YAML::Node const root = YAML::Load(text);
        section whole{notes, root};
        // A file of another shape has one fault, and not those of all that it lacks as well.
        if (root.IsNull() || root.IsMap()) read_root(std::move(whole), around, out);
    } catch (YAML::Exception const& error) {
        auto const line = error.mark.line + 1;
        bool const tab = is_indented_by_tab(text, line);
        notes.complain({line, error.mark.column + 1}, "",
                       "is not YAML: " + error.msg +
                           (tab ? "; the line begins with a tab, indent by blanks" : ""));
    }
}

}  // namespace

parsed_config parse_config(std::string const& file, std::string const& text,
                           surroundings const& around) {
    parsed_config out;
    out.values.server = around.server;
    report notes{file};
    read_text(text, around, notes, out.values);
    out.faults = notes.faults();
    out.effective = notes.effective();
    out.known = notes.known();
    return out;
}

parsed_config config_of_environment(surroundings const& around) {
    parsed_config out;
    out.values.server = around.server;
    out.values.admin.reset();
    report notes{"environment"};
    section root{notes, YAML::Node{YAML::NodeType::Map}};
    read_server(root.mapping("server"), around, out.values.server);
    out.values.github_fetch.emplace();
    out.values.star_filter.emplace();
    out.values.orbit_upload.emplace();
    out.faults = notes.faults();
    out.effective = notes.effective();
    out.known = notes.known();
    return out;
}

}  // namespace conductor::daemon
