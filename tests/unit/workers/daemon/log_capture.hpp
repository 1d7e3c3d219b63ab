#pragma once

#include <daemon/log/logger.hpp>

#include <spdlog/sinks/ostream_sink.h>

#include <sstream>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief A log whose lines a test can read. */
class log_capture {
public:
    /** @brief Captures lines of a level and above. */
    explicit log_capture(daemon::log_level least = daemon::log_level::debug,
                         daemon::log_format format = daemon::log_format::text)
        : log_(least, format, std::make_shared<spdlog::sinks::ostream_sink_mt>(text_)) {}

    /** @brief Writes into the capture. */
    daemon::logger& log() { return log_; }

    /** @brief The lines so far, in whole. */
    std::vector<std::string> whole_lines() const {
        std::vector<std::string> lines;
        std::istringstream all{text_.str()};
        for (std::string line; std::getline(all, line);) lines.push_back(line);
        return lines;
    }

    /** @brief The text lines so far as `LEVEL REST`, without their time. */
    std::vector<std::string> lines() const {
        std::vector<std::string> lines = whole_lines();
        for (std::string& line : lines) {
            line.erase(0, line.find(' ') + 1);
            auto const blank = line.find(' ');
            line.erase(blank, line.find_first_not_of(' ', blank) - blank - 1);
        }
        return lines;
    }

private:
    std::ostringstream text_;
    daemon::logger log_;
};

}  // namespace conductor::test
