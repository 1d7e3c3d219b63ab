#include <daemon/config/parts.hpp>

namespace conductor::daemon {

std::optional<checked_secret> read_reference(section& part, std::string const& key,
                                             located_text const& written,
                                             surroundings const& around) {
    auto reader = around.secret(written.text);
    if (reader.has_error()) {
        part.complain(written.where, key,
                      "a secret does not stand in this file; write env:NAME, file:PATH or "
                      "credential:NAME");
        return std::nullopt;
    }
    auto content = (*reader)();
    if (content.has_error()) {
        part.complain(written.where, key, content.error().detail);
        return std::nullopt;
    }
    if (auto const fault = workers::why_not_sendable(content->reveal()); !fault.empty()) {
        part.complain(written.where, key, written.text + std::string{fault});
        return std::nullopt;
    }
    return checked_secret{{written.text, *std::move(reader)}, *std::move(content)};
}

void read_secrets(section part, surroundings const& around, config& out) {
    for (auto const& [name, written] : part.texts()) {
        auto secret = read_reference(part, name, written, around);
        // A secret that cannot be read is a fault already; those who name it are not at fault.
        if (!secret) secret.emplace();
        part.report().from_file(part.path(name), "set, from " + secret->setting.reference,
                                written.where);
        out.secrets.emplace(name, std::move(secret->setting));
    }
}

}  // namespace conductor::daemon
