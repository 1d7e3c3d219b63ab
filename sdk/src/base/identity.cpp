#include "base/identity.hpp"

#include <conductor/config_error.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <system_error>

namespace conductor::base {
namespace {

constexpr std::string_view pattern = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";

std::string make_uuid(random_source& random) {
    std::string made(pattern);
    for (char& digit : made)
        if (digit == 'x') digit = "0123456789abcdef"[static_cast<std::size_t>(random.unit() * 16)];
    return made;
}

bool is_uuid(std::string_view text) {
    auto const fits = [](char digit, char wanted) {
        return wanted == '-' ? digit == '-' : std::isxdigit(static_cast<unsigned char>(digit)) != 0;
    };
    return text.size() == pattern.size() && std::ranges::equal(text, pattern, fits);
}

class locked_file {
public:
    explicit locked_file(std::filesystem::path const& path)
        : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (descriptor_ >= 0) return;
        throw config_error("state_dir: cannot open " + path.string() + ": " +
                           std::generic_category().message(errno) +
                           "; name a folder that this program may write to");
    }
    locked_file(locked_file const&) = delete;
    locked_file& operator=(locked_file const&) = delete;
    ~locked_file() { ::close(descriptor_); }

    bool lock() const { return ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0; }

    std::string read() const {
        std::array<char, pattern.size() + 1> block{};
        auto const count = ::pread(descriptor_, block.data(), block.size(), 0);
        std::string text(block.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (text.ends_with('\n')) text.pop_back();
        return text;
    }

    bool write(std::string const& line) const {
        return ::ftruncate(descriptor_, 0) == 0 &&
               ::pwrite(descriptor_, line.data(), line.size(), 0) ==
                   static_cast<ssize_t>(line.size()) &&
               ::fsync(descriptor_) == 0;
    }

private:
    int descriptor_;
};

}  // namespace

identity take_identity(std::filesystem::path const& folder, random_source& random) {
    if (folder.empty()) return {.unique = make_uuid(random)};
    auto const path = folder / "worker-id";
    auto file = std::make_shared<locked_file>(path);
    if (!file->lock()) return {.unique = make_uuid(random)};
    auto kept = file->read();
    if (is_uuid(kept)) return {std::move(kept), true, std::move(file)};
    identity made{make_uuid(random), false, file};
    if (!file->write(made.unique + "\n")) {
        throw config_error("state_dir: cannot write " + path.string() + ": " +
                           std::generic_category().message(errno));
    }
    return made;
}

}  // namespace conductor::base
