#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief Takes the place of the system's name look-up in this program, so that no test asks a name
 *  server. Names that it does not know do not exist. */
class name_service {
public:
    /** @brief The one of this program. */
    static name_service& instance();

    /** @brief Makes a name known. */
    void define(std::string name, std::vector<std::string> addresses);
    /** @brief Lets look-ups of unknown names take until `release()`. */
    void hold();
    /** @brief Ends `hold()`. */
    void release();
    /** @brief The addresses of a name, waited for. */
    std::vector<std::string> look_up(std::string const& name);

private:
    struct entry {
        std::string name;
        std::vector<std::string> addresses;
    };

    std::mutex mutex_;
    std::condition_variable released_;
    std::vector<entry> entries_;
    bool is_held_ = false;
};

}  // namespace conductor::test
