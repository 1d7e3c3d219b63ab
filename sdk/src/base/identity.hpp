#pragma once

#include <conductor/environment.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace conductor::base {

/** @brief What tells this process from all others. */
struct identity {
    /** @brief A UUID. */
    std::string unique;
    /** @brief A process before this one used it, and is gone. */
    bool used_before = false;
    /** @brief Keeps other processes from using it. */
    std::shared_ptr<void> lock{};
};

/** @brief Takes the identity that is kept in a folder, or makes one.
 *
 *  The file `worker-id` in the folder is locked as long as `lock` lives. If another process has it,
 *  or no folder is given, the identity is a new one that is kept nowhere.
 *  @throws config_error when the folder cannot be written to. */
identity take_identity(std::filesystem::path const& folder, random_source& random);

}  // namespace conductor::base
