#include <daemon/log/logger.hpp>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace conductor::daemon {
namespace {

constexpr char text_pattern[] = "%Y-%m-%dT%H:%M:%S.%eZ %-7l %v";
constexpr char json_pattern[] = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

spdlog::level::level_enum spdlog_level(log_level level) {
    switch (level) {
        case log_level::debug: return spdlog::level::debug;
        case log_level::info: return spdlog::level::info;
        case log_level::warn: return spdlog::level::warn;
        case log_level::error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

logger::logger(log_level least, log_format format)
    : logger(least, format, std::make_shared<spdlog::sinks::stderr_sink_mt>()) {}

logger::logger(log_level least, log_format format, std::shared_ptr<spdlog::sinks::sink> sink)
    : lines_(std::make_shared<spdlog::logger>("conductor-workerd", std::move(sink))),
      format_(format) {
    lines_->set_level(spdlog_level(least));
    lines_->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        format == log_format::json ? json_pattern : text_pattern, spdlog::pattern_time_type::utc));
}

void logger::show_from(log_level least) { lines_->set_level(spdlog_level(least)); }

bool logger::writes(log_level level) const { return lines_->should_log(spdlog_level(level)); }

void logger::write(log_level level, log_line const& line) {
    if (!writes(level)) return;
    // As an argument, not as the format: braces in a line mean nothing.
    lines_->log(spdlog_level(level), "{}",
                format_ == log_format::json ? to_json_members(line) : to_text(line));
}

}  // namespace conductor::daemon
