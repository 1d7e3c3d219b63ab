#pragma once

#include <daemon/config/config.hpp>
#include <daemon/log/log_line.hpp>

#include <memory>

namespace spdlog {
class logger;
namespace sinks {
class sink;
}
}  // namespace spdlog

namespace conductor::daemon {

/** @brief Writes lines with time (UTC) and level, as text or as one JSON object a line.
 *
 *  @par Threads  Any.
 */
class logger {
public:
    /** @brief Writes to standard error. */
    logger(log_level least, log_format format);
    /** @brief Writes to a sink; for tests. */
    logger(log_level least, log_format format, std::shared_ptr<spdlog::sinks::sink> sink);

    /** @brief Whether lines of a level are written at all. */
    bool writes(log_level level) const;
    /** @brief From here on writes lines of this level and above. */
    void show_from(log_level least);
    /** @brief Writes a line. */
    void write(log_level level, log_line const& line);

private:
    std::shared_ptr<spdlog::logger> lines_;
    log_format format_;
};

}  // namespace conductor::daemon
