#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <ctime>
#include <string>
#include <vector>

namespace conductor::http {

/** @brief Files that somebody else renews. What counts is which file a path leads to, its size and
 *  when it was last written, so a rename over it and another target of a symbolic link are seen,
 *  and nothing is read. */
class watched_files {
public:
    /** @brief Empty paths are left out. */
    explicit watched_files(std::vector<std::string> const& paths);

    /** @brief Whether any of them is another one than at the last look. The first look sees a
     *  change wherever there is a file. */
    bool have_changed();
    /** @brief Whether there is nothing to watch. */
    bool empty() const { return files_.empty(); }

private:
    struct stamp {
        dev_t device = 0;
        ino_t number = 0;
        off_t size = 0;
        time_t seconds = 0;
        long nanoseconds = 0;

        friend bool operator==(stamp const&, stamp const&) = default;
    };
    struct watched_file {
        std::string path;
        stamp last;
    };

    static stamp look_at(std::string const& path);

    std::vector<watched_file> files_;
};

}  // namespace conductor::http
