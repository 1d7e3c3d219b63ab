#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include <unistd.h>

namespace conductor::test {

/** @brief A folder that this process may not enter while this lives; root is somebody else so long.
 */
class closed_folder {
public:
    /** @brief Closes it. */
    explicit closed_folder(std::string folder) : folder_(std::move(folder)), user_(::geteuid()) {
        std::filesystem::permissions(folder_, std::filesystem::perms::none);
        if (user_ == 0) static_cast<void>(::seteuid(nobody));
    }
    closed_folder(closed_folder const&) = delete;
    closed_folder& operator=(closed_folder const&) = delete;
    ~closed_folder() {
        if (user_ == 0) static_cast<void>(::seteuid(user_));
        std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    }

private:
    static constexpr uid_t nobody = 65534;

    std::string folder_;
    uid_t user_;
};

}  // namespace conductor::test
