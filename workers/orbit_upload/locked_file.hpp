#pragma once

#include <conductor/error.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief Which file it is, whatever its name. */
struct file_identity {
    /** @brief The device. */
    std::uint64_t device = 0;
    /** @brief The number on the device. */
    std::uint64_t number = 0;

    friend bool operator==(file_identity const&, file_identity const&) = default;
};

/** @brief A file that only one process and one object has open in this way at a time.
 *
 *  @par Threads  One at a time. Calls block as long as the disk takes.
 */
class locked_file {
public:
    /** @brief Opens a file, makes it when it is not there, and locks it, without waiting.
     *  @return None while somebody else holds it.
     *  @par Errors  The system's, with the path; `errc::bad_value` for what is no plain file. */
    static result<std::optional<locked_file>> open(std::string const& path);
    locked_file(locked_file&& other) noexcept;
    locked_file& operator=(locked_file&&) = delete;
    /** @brief Unlocks and closes it. */
    ~locked_file();

    /** @brief Which file it is. */
    file_identity identity() const { return identity_; }
    /** @brief Its size when it was opened, and after each change. */
    std::uint64_t size() const { return size_; }

    /** @brief Reads from an offset to the end, piece by piece.
     *  @par Errors  The system's, with the path. */
    result<void> read(std::uint64_t from, std::function<void(std::string_view)> const& take) const;
    /** @brief Cuts off what lies behind `size`.
     *  @par Errors  The system's, with the path. */
    result<void> cut(std::uint64_t size);
    /** @brief Adds a text, or nothing of it, and sees it onto the disk.
     *  @par Errors  The system's, with the path; the file then has the size that it had. */
    result<void> append(std::string_view text);

private:
    locked_file(int descriptor, std::string path);
    failure system_failure() const;
    result<void> examine();
    result<void> write(std::string_view text) const;
    result<void> sync() const;

    int descriptor_;
    std::string path_;
    file_identity identity_;
    std::uint64_t size_ = 0;
};

}  // namespace conductor::workers
