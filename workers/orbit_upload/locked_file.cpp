#include <orbit_upload/locked_file.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace conductor::workers {
namespace {

constexpr mode_t file_mode = 0644;
constexpr std::size_t piece_bytes = 256 * 1024;

failure last_failure(std::string const& path) {
    return {.code = {errno, boost::system::system_category()}, .detail = path};
}

// The name of a new file is on the disk only when its folder is.
result<void> sync_folder(std::string const& path) {
    auto const parent = std::filesystem::path{path}.parent_path().string();
    auto const folder = parent.empty() ? std::string{"."} : parent;
    int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return last_failure(folder);
    bool const done = ::fsync(descriptor) == 0;
    auto const error = last_failure(folder);
    ::close(descriptor);
    return done ? result<void>{} : error;
}

}  // namespace

locked_file::locked_file(int descriptor, std::string path)
    : descriptor_(descriptor), path_(std::move(path)) {}

locked_file::locked_file(locked_file&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      identity_(other.identity_),
      size_(other.size_) {}

locked_file::~locked_file() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

failure locked_file::system_failure() const { return last_failure(path_); }

result<std::optional<locked_file>> locked_file::open(std::string const& path) {
    // Without O_NONBLOCK a pipe would hold the thread until somebody reads it.
    int const descriptor = ::open(
        path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, file_mode);
    if (descriptor < 0) return last_failure(path);
    locked_file opened{descriptor, path};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return std::optional<locked_file>{};
        return opened.system_failure();
    }
    if (auto const seen = opened.examine(); !seen) return seen.error();
    return std::optional{std::move(opened)};
}

result<void> locked_file::examine() {
    struct stat found {};
    if (::fstat(descriptor_, &found) != 0) return system_failure();
    if (!S_ISREG(found.st_mode))
        return failure{.code = errc::bad_value, .detail = path_ + " is no plain file"};
    identity_ = {.device = found.st_dev, .number = found.st_ino};
    size_ = static_cast<std::uint64_t>(found.st_size);
    return size_ == 0 ? sync_folder(path_) : result<void>{};
}

result<void> locked_file::read(std::uint64_t from,
                               std::function<void(std::string_view)> const& take) const {
    std::string piece(piece_bytes, '\0');
    for (;;) {
        auto const got = ::pread(descriptor_, piece.data(), piece.size(), static_cast<off_t>(from));
        if (got < 0 && errno != EINTR) return system_failure();
        if (got == 0) return {};
        if (got > 0) {
            take(std::string_view{piece}.substr(0, static_cast<std::size_t>(got)));
            from += static_cast<std::uint64_t>(got);
        }
    }
}

result<void> locked_file::cut(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return system_failure();
    size_ = size;
    return {};
}

result<void> locked_file::append(std::string_view text) {
    auto done = write(text);
    if (done) done = sync();
    if (done) {
        size_ += text.size();
    } else {
        // Should this fail as well, the next one to open the file finds a line without an end.
        static_cast<void>(cut(size_));
    }
    return done;
}

// One call as a rule. After a short one, the next tells the reason.
result<void> locked_file::write(std::string_view text) const {
    while (!text.empty()) {
        auto const written = ::write(descriptor_, text.data(), text.size());
        if (written < 0 && errno != EINTR) return system_failure();
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return {};
}

result<void> locked_file::sync() const {
    return ::fsync(descriptor_) == 0 ? result<void>{} : system_failure();
}

}  // namespace conductor::workers
