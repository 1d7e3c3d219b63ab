#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <stdlib.h>

namespace conductor::test {

/** @brief A folder of a test's own, removed at the end with all that is in it. */
class temporary_folder {
public:
    temporary_folder() : path_(make()) {}
    temporary_folder(temporary_folder const&) = delete;
    temporary_folder& operator=(temporary_folder const&) = delete;
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    /** @brief The path of a file or folder in it. */
    std::string path(std::string const& name = {}) const { return (path_ / name).string(); }
    /** @brief Writes a file, and gives its path. */
    std::string write(std::string const& name, std::string const& text) const {
        auto const file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << text;
        return file.string();
    }

private:
    static std::filesystem::path make() {
        auto text = (std::filesystem::temp_directory_path() / "conductor-test-XXXXXX").string();
        if (::mkdtemp(text.data()) == nullptr) throw std::runtime_error("no temporary folder");
        return text;
    }

    std::filesystem::path path_;
};

}  // namespace conductor::test
