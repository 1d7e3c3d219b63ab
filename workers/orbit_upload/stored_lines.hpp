#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace conductor::workers {

/** @brief What has to be done before a line can be added to a file. */
enum class tail_repair {
    /** @brief Nothing: the file is empty or ends with a line end. */
    none,
    /** @brief Give the last line its end. */
    end_line,
    /** @brief Cut the last line away: it is one of ours that a crash left unfinished. */
    cut_line,
};

/** @brief Which activities a file of lines holds. Fed with the file's bytes in order; pure.
 *
 *  Lines that are no activity are passed over. It keeps the keys, not the lines.
 */
class stored_lines {
public:
    /** @brief Takes the next bytes of the file. */
    void read(std::string_view bytes);

    /** @brief How many bytes have been read: where the next ones begin. */
    std::uint64_t end() const { return end_; }
    /** @brief Whether a whole line holds the activity of that workspace and key. */
    bool contains(std::string_view workspace, std::string_view key) const;

    /** @brief What the bytes behind the last line end call for.
     *
     *  Only what can be the beginning of a line of ours is cut. Anything else was written by
     *  somebody else, and is kept. */
    tail_repair repair() const;
    /** @brief Where the last line begins, if it has no end; else `end()`. */
    std::uint64_t last_line() const { return end_ - tail_bytes_; }
    /** @brief Forgets the bytes behind the last line end: they have been cut away. */
    void forget_last_line();

private:
    void add(std::string_view line);

    std::unordered_set<std::string> keys_;
    std::string tail_;
    std::uint64_t tail_bytes_ = 0;
    std::uint64_t end_ = 0;
};

/** @brief The line of an activity, with its end: `workspace` and then the activity's members. */
std::string stored_line(std::string_view workspace, boost::json::object const& activity);

}  // namespace conductor::workers
