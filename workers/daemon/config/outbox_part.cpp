#include <daemon/config/parts.hpp>

namespace conductor::daemon {
namespace {

constexpr char file_name[] = "outbox.db";
constexpr number_rule rows_rule{1, 10'000'000};
constexpr number_rule bytes_rule{1024 * 1024, std::int64_t{64} * 1024 * 1024 * 1024, "bytes"};

outbox_mode mode_of(std::string const& word) {
    if (word == "always") return outbox_mode::always;
    return word == "off" ? outbox_mode::off : outbox_mode::on_failure;
}

void read_path(section& part, config const& out, outbox_config& outbox) {
    auto const written = part.text("path");
    if (!written) {
        outbox.path = out.state_dir.empty() ? "" : out.state_dir + '/' + file_name;
        part.report().by_default(part.path("path"), outbox.path.empty() ? "(none)" : outbox.path);
        return;
    }
    bool const is_absolute = written->text.starts_with('/');
    if (!is_absolute && out.state_dir.empty()) {
        part.complain(written->where, "path",
                      '"' + written->text +
                          "\" is relative, and there is no state_dir; write an absolute path");
    }
    outbox.path = is_absolute ? written->text : out.state_dir + '/' + written->text;
    part.report().from_file(part.path("path"), outbox.path, written->where);
}

std::size_t read_size(section& part, std::string const& key, number_rule rule, std::size_t size) {
    return static_cast<std::size_t>(part.number(key, rule, static_cast<std::int64_t>(size)));
}

}  // namespace

void read_outbox(section part, config& out) {
    // Without a folder of its own the daemon writes nothing unless it is told where to.
    bool const has_place = !out.state_dir.empty();
    out.outbox.mode = mode_of(
        part.choice("mode", {"on_failure", "always", "off"}, has_place ? "on_failure" : "off"));
    read_path(part, out, out.outbox);
    if (out.outbox.mode != outbox_mode::off && out.outbox.path.empty())
        part.complain(part.where(), "path",
                      "is missing, and there is no state_dir; write an absolute path");
    out.outbox.rows_max = read_size(part, "rows_max", rows_rule, out.outbox.rows_max);
    out.outbox.bytes_max = read_size(part, "bytes_max", bytes_rule, out.outbox.bytes_max);
    part.finish();
}

}  // namespace conductor::daemon
