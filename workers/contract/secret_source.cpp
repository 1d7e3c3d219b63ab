#include <contract/secret_source.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace conductor::workers {
namespace {

constexpr std::size_t file_bytes_max = 64 * 1024;

failure unreadable(std::string detail) { return {errc::bad_value, std::move(detail)}; }

result<secret> read_variable(std::string const& name) {
    char const* const text = std::getenv(name.c_str());
    if (text == nullptr) return unreadable("environment variable " + name + " is not set");
    return secret{std::string{text}};
}

// Reading says of all that is wrong the same.
std::string why_not_readable(std::string const& path) {
    std::error_code error;
    auto const status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) return path + " is not there";
    if (status.type() == std::filesystem::file_type::directory) return path + " is a folder";
    if (::access(path.c_str(), R_OK) != 0) return path + " may not be read by this user";
    return path + " cannot be read";
}

result<secret> read_file(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    std::string text(file_bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    auto const length = static_cast<std::size_t>(file.gcount());
    // Reading to the end sets eofbit; a directory or a failing disk sets badbit or opens nothing.
    bool const at_end = file.eof();
    secret whole{std::move(text)};
    if (!at_end) {
        bool const too_large = length > file_bytes_max;
        return unreadable(too_large ? path + " is larger than a secret" : why_not_readable(path));
    }
    std::string_view content = std::string_view{whole.reveal()}.substr(0, length);
    if (content.ends_with('\n')) content.remove_suffix(1);
    if (content.ends_with('\r')) content.remove_suffix(1);
    return secret{std::string{content}};
}

// Who makes credentials gives them to one service alone; then they are no secret any more.
bool is_readable_to_all(std::string const& path) {
    std::error_code error;
    auto const rights = std::filesystem::status(path, error).permissions();
    return !error && (rights & std::filesystem::perms::others_read) != std::filesystem::perms::none;
}

result<secret> read_credential(std::string const& name) {
    char const* const directory = std::getenv("CREDENTIALS_DIRECTORY");
    if (directory == nullptr) {
        return unreadable("credential " + name +
                          ": CREDENTIALS_DIRECTORY is not set; systemd sets it for a unit with "
                          "LoadCredential=" +
                          name + ":FILE");
    }
    std::string const path = std::string{directory} + "/" + name;
    if (is_readable_to_all(path)) {
        return unreadable(
            "credential " + name + ": " + path +
            " may be read by every user of this machine; take that away (chmod 0400)");
    }
    auto content = read_file(path);
    if (content.has_error())
        return unreadable("credential " + name + ": " + content.error().detail);
    return content;
}

// A credential is a file of the directory itself, not one that a path leads to.
bool is_credential_name(std::string_view name) {
    return name.find('/') == std::string_view::npos && name != "." && name != "..";
}

}  // namespace

result<secret_reader> make_secret_reader(std::string_view reference) {
    auto const colon = reference.find(':');
    std::string_view const form = reference.substr(0, colon);
    std::string rest{colon == std::string_view::npos ? "" : reference.substr(colon + 1)};
    if (!rest.empty()) {
        if (form == "env") return secret_reader{std::bind_front(read_variable, std::move(rest))};
        if (form == "file") return secret_reader{std::bind_front(read_file, std::move(rest))};
        if (form == "credential" && is_credential_name(rest))
            return secret_reader{std::bind_front(read_credential, std::move(rest))};
    }
    return failure{errc::bad_value, "expected env:NAME, file:PATH or credential:NAME"};
}

void secret_source::add(std::string name, secret_reader reader) {
    readers_.insert_or_assign(std::move(name), std::move(reader));
}

result<secret> secret_source::read(std::string_view name) const {
    auto const found = readers_.find(name);
    if (found == readers_.end()) return unreadable("no secret of that name is configured");
    auto text = found->second();
    if (text.has_error()) {
        auto error = text.error();
        error.detail = "secret " + found->first + ": " + error.detail;
        return error;
    }
    auto const fault = why_not_sendable(text->reveal());
    if (!fault.empty()) return unreadable("secret " + found->first + std::string{fault});
    return text;
}

bool is_sendable(std::string_view text) { return why_not_sendable(text).empty(); }

std::string_view why_not_sendable(std::string_view text) {
    auto const is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
    if (text.empty()) return " is empty";
    if (std::all_of(text.begin(), text.end(), is_visible)) return {};
    return " holds a blank or control character";
}

}  // namespace conductor::workers
