#include <contract/secret_access.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace conductor::workers {
namespace {

constexpr std::string_view by_name = "secret:";
constexpr std::array<std::string_view, 3> configuration_only{"env:", "file:", "credential:"};

bool asks_for_the_host(std::string_view input) {
    return std::any_of(configuration_only.begin(), configuration_only.end(),
                       [input](std::string_view form) { return input.starts_with(form); });
}

failure unusable(std::string detail) { return {errc::bad_value, std::move(detail)}; }

}  // namespace

result<std::optional<resolved_secret>> secret_access::resolve(std::string_view input) const {
    if (input.empty()) {
        if (default_secret.empty()) return std::optional<resolved_secret>{};
        return read_listed(default_secret);
    }
    if (input.starts_with(by_name)) return read_listed(input.substr(by_name.size()));
    if (asks_for_the_host(input)) {
        return unusable(
            "env:, file: and credential: belong in the configuration of the worker; "
            "name a secret of it as secret:NAME");
    }
    if (!is_sendable(input)) return unusable("holds a blank or control character");
    return std::optional{resolved_secret{secret{std::string{input}}}};
}

// The name is not repeated: a key pasted behind "secret:" by mistake must not be printed.
result<std::optional<resolved_secret>> secret_access::read_listed(std::string_view name) const {
    bool const listed = std::find(allowed.begin(), allowed.end(), name) != allowed.end();
    if (!listed || source == nullptr)
        return unusable("names a secret that this worker is not allowed to use");
    auto value = source->read(name);
    if (value.has_error()) return value.error();
    return std::optional{resolved_secret{*std::move(value), std::string{name}}};
}

}  // namespace conductor::workers
