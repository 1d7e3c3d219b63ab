#include <daemon/output_file.hpp>

#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

namespace conductor::daemon {
namespace {

error_code system_error(int number) { return {number, boost::system::system_category()}; }

error_code last_error() { return system_error(errno); }

// The mode of a file that is made without asking for one.
mode_t default_mode() {
    mode_t const mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

// A new file beside another one; it goes away again unless it takes that one's name.
class new_file {
public:
    explicit new_file(std::string const& beside) : path_(beside + ".XXXXXX") {
        descriptor_ = ::mkostemp(path_.data(), O_CLOEXEC);
    }
    new_file(new_file const&) = delete;
    new_file& operator=(new_file const&) = delete;
    ~new_file() {
        if (descriptor_ < 0) return;
        ::close(descriptor_);
        if (!path_.empty()) ::unlink(path_.c_str());
    }

    bool is_open() const { return descriptor_ >= 0; }

    error_code write(std::string_view text) {
        while (!text.empty()) {
            auto const written = ::write(descriptor_, text.data(), text.size());
            if (written < 0 && errno != EINTR) return last_error();
            if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        }
        bool const kept = ::fchmod(descriptor_, default_mode()) == 0 && ::fsync(descriptor_) == 0;
        return kept ? error_code{} : last_error();
    }

    error_code take_name(std::string const& name) {
        if (::rename(path_.c_str(), name.c_str()) != 0) return last_error();
        path_.clear();
        return {};
    }

private:
    std::string path_;
    int descriptor_;
};

}  // namespace

result<void> replace_file(std::string const& path, std::string_view text) {
    std::error_code ignored;
    auto const there = std::filesystem::status(path, ignored);
    if (std::filesystem::is_directory(there)) return failure{system_error(EISDIR), path};
    // Renaming onto a device would leave a file in its place.
    if (std::filesystem::is_other(there)) return failure{system_error(EEXIST), path};
    new_file made{path};
    if (!made.is_open()) return failure{last_error(), path};
    if (auto const error = made.write(text)) return failure{error, path};
    if (auto const error = made.take_name(path)) return failure{error, path};
    return {};
}

}  // namespace conductor::daemon
