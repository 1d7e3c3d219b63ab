#pragma once

#include <orbit_upload/locked_file.hpp>
#include <orbit_upload/stored_lines.hpp>

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers {

/** @brief A file with one activity a line, each once.
 *
 *  Other objects and processes may add to the file as well: what they have added is read before
 *  anything is written. A file that was replaced, or made shorter, is read anew from its beginning.
 *  @par Threads  One at a time. Calls block as long as the disk takes.
 */
class line_store {
public:
    /** @brief Of a file, which is made when it is not there. */
    explicit line_store(std::string path);

    /** @brief Adds those of some activities that the file does not hold, all or none.
     *  @return Which were added; none while somebody else holds the file.
     *  @par Errors  Those of `locked_file`. */
    result<std::optional<std::vector<bool>>> add(
        std::string_view workspace, std::vector<boost::json::object> const& activities);

    /** @brief The file. */
    std::string const& path() const { return path_; }

private:
    result<std::vector<bool>> catch_up_and_add(locked_file& file, std::string_view workspace,
                                               std::vector<boost::json::object> const& activities);
    result<void> catch_up(locked_file& file);
    result<std::vector<bool>> add_to(locked_file& file, std::string_view workspace,
                                     std::vector<boost::json::object> const& activities);

    std::string path_;
    file_identity known_{};
    stored_lines lines_;
};

}  // namespace conductor::workers
