#include <contract/secret_source.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <utility>

namespace conductor::workers {
namespace {

constexpr std::size_t file_bytes_max = 64 * 1024;

failure unreadable(std::string detail) { return {errc::bad_value, std::move(detail)}; }

result<secret> read_variable(std::string const& name) {
    char const* const text = std::getenv(name.c_str());
    if (text == nullptr) return unreadable("environment variable " + name + " is not set");
    return secret{std::string{text}};
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
        return unreadable(path + (too_large ? " is larger than a secret" : " cannot be read"));
    }
    std::string_view content = std::string_view{whole.reveal()}.substr(0, length);
    if (content.ends_with('\n')) content.remove_suffix(1);
    if (content.ends_with('\r')) content.remove_suffix(1);
    return secret{std::string{content}};
}

result<secret> read_credential(std::string const& name) {
    char const* const directory = std::getenv("CREDENTIALS_DIRECTORY");
    if (directory == nullptr)
        return unreadable("credential " + name + ": CREDENTIALS_DIRECTORY is not set");
    return read_file(std::string{directory} + "/" + name);
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
    if (!is_sendable(text->reveal())) {
        return unreadable("secret " + found->first +
                          " is empty or holds a blank or control character");
    }
    return text;
}

bool is_sendable(std::string_view text) {
    auto const is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_visible);
}

}  // namespace conductor::workers
