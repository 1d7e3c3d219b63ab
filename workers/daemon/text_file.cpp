#include <daemon/text_file.hpp>

#include <cerrno>
#include <fstream>
#include <iostream>

namespace conductor::daemon {
namespace {

failure system_failure(std::string const& path) {
    int const number = errno == 0 ? EIO : errno;
    return {error_code{number, boost::system::system_category()}, path};
}

result<std::string> read_stream(std::istream& stream, std::string const& path) {
    std::string text;
    char block[16 * 1024];
    while (stream.read(block, sizeof block) || stream.gcount() > 0) {
        text.append(block, static_cast<std::size_t>(stream.gcount()));
        if (text.size() > file_bytes_max) return failure{errc::body_too_large, path};
    }
    // A directory opens, and shows only here.
    if (stream.bad()) return system_failure(path);
    return text;
}

}  // namespace

result<std::string> read_text_file(std::string const& path) {
    errno = 0;
    if (path == "-") return read_stream(std::cin, "standard input");
    std::ifstream file{path, std::ios::binary};
    if (!file) return system_failure(path);
    return read_stream(file, path);
}

}  // namespace conductor::daemon
