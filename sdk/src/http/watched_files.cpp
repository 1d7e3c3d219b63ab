#include "http/watched_files.hpp"

namespace conductor::http {

watched_files::watched_files(std::vector<std::string> const& paths) {
    for (auto const& path : paths)
        if (!path.empty()) files_.push_back({path, {}});
}

bool watched_files::have_changed() {
    bool changed = false;
    for (auto& file : files_) {
        auto const now = look_at(file.path);
        changed = changed || now != file.last;
        file.last = now;
    }
    return changed;
}

// A file that is not there has the stamp of none.
watched_files::stamp watched_files::look_at(std::string const& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
}

}  // namespace conductor::http
