#include <daemon/config/nearest_name.hpp>
#include <daemon/config/parts.hpp>

#include <contract/ascii.hpp>

#include <algorithm>
#include <cctype>

namespace conductor::daemon {
namespace {

constexpr number_rule queue_depth_rule{0, 3600, "seconds"};

// Gives what stands there.
std::optional<located_text> read_listen(section& part, std::string const& key,
                                        std::optional<listen_address>& out) {
    auto written = part.text(key);
    if (!written) {
        part.report().by_default(part.path(key), out ? out->text() : "none");
        return written;
    }
    if (written->text == "none") {
        out.reset();
    } else if (auto address = parse_listen_address(written->text)) {
        out = *std::move(address);
    } else {
        part.complain(written->where, key,
                      '"' + written->text +
                          "\" is no address to listen on; write ADDRESS:PORT with a numeric "
                          "address, such as 127.0.0.1:9991 or [::]:9991, or none");
    }
    part.report().from_file(part.path(key), written->text, written->where);
    return written;
}

void read_control_token(section& part, surroundings const& around, control_config& control) {
    auto const written = part.text("token");
    if (!written) {
        part.report().by_default(part.path("token"), "(none)");
        return;
    }
    auto secret = read_reference(part, "token", *written, around);
    if (secret && secret->value.reveal().size() < control_config::token_letters_min) {
        part.complain(written->where, "token",
                      written->text + " is too short to be safe; take at least " +
                          std::to_string(control_config::token_letters_min) +
                          " letters, such as openssl rand -base64 24 gives");
    }
    // One that cannot be read is a fault already, and not one that is missing.
    control.token = secret ? std::move(secret->setting) : configured_secret{written->text, {}};
    part.report().from_file(part.path("token"), "set, from " + written->text, written->where);
}

bool is_host_name(std::string_view text) {
    auto const is_letter = [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '-' || letter == '.' || letter == '_';
    };
    return !text.empty() && std::ranges::all_of(text, is_letter);
}

void read_hosts(section& part, control_config& control) {
    auto const written = part.list("hosts");
    for (auto const& one : written) {
        if (!is_host_name(one.text))
            part.complain(one.where, "hosts",
                          "an entry is a host's name, without scheme, port and path");
        control.hosts.push_back(workers::lower(one.text));
    }
    if (written.empty())
        part.report().by_default(part.path("hosts"), "(none)");
    else
        part.report().from_file(part.path("hosts"), listed(control.hosts), written.front().where);
}

}  // namespace

void read_admin(section part, surroundings const& around, config& out) {
    read_listen(part, "listen", out.admin);
    out.queue_depths_every = std::chrono::seconds{
        part.number("queue_depth_seconds", queue_depth_rule, out.queue_depths_every.count())};
    auto const control = read_listen(part, "control_listen", out.control.listen);
    read_control_token(part, around, out.control);
    read_hosts(part, out.control);
    if (out.control.listen && !out.control.listen->is_loopback() && !out.control.token) {
        part.complain(control->where, "control_listen",
                      "can be reached from other machines; set admin.token too, or listen on "
                      "127.0.0.1 or [::1]");
    }
    part.finish();
}

}  // namespace conductor::daemon
