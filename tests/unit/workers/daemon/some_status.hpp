#pragma once

#include <daemon/control/status_facts.hpp>

#include <string>

namespace conductor::test {

/** @brief Texts that a page or terminal must not take for more than texts. */
inline constexpr char const* hostile_texts[] = {"<script>alert(1)</script>",
                                                "\"><img src=x onerror=alert(2)>",
                                                "' onmouseover='alert(3)",
                                                "</td></table><iframe src=//evil.example>",
                                                "\x1b[2J\x1b]0;owned\x07",
                                                "a\r\nb",
                                                "\u202Egpj",
                                                "\xC3("};

/** @brief A daemon with two task types, one of them paused, and a task that failed. */
inline daemon::status_facts some_status() {
    return {.version = "1.2.3",
            .worker_id = "host-1",
            .at = "2026-11-30T12:00:00Z",
            .uptime_s = 75,
            .state = "ready",
            .server = {.address = "http://c/api", .token = "good"},
            .types = {{.type = "star_filter",
                       .state = "polling",
                       .slots = 4,
                       .slots_used = 1,
                       .tasks_last_minute = 12,
                       .completed = 1234,
                       .failed = 5,
                       .last_poll_ms_ago = 3210,
                       .poll_failures = 2,
                       .oldest_lease_ms = 61'000,
                       .leases_extended = 7},
                      {.type = "orbit_upload",
                       .domain = "emea",
                       .state = "paused",
                       .paused = true,
                       .slots = 2}},
            .outbox = {.mode = "on_failure", .rows = 3, .bytes = 2048, .oldest_s = 30, .stored = 9},
            .failed_tasks = {{.at = "2026-11-30T11:59:00Z",
                              .type = "star_filter",
                              .task = "t-1",
                              .workflow = "w-1",
                              .reference = "filter_ref",
                              .status = "FAILED",
                              .reason = "BAD_INPUT /stars: missing"}}};
}

/** @brief The same daemon with a text in every place where one can stand. */
inline daemon::status_facts status_full_of(std::string const& text) {
    auto out = some_status();
    out.version = out.worker_id = out.at = out.state = text;
    out.reasons = {text};
    out.server = {text, text, true};
    auto& type = out.types[0];
    type.type = type.domain = type.state = text;
    type.poll_error = text;
    out.outbox.mode = text;
    out.failed_tasks = {{text, text, text, text, text, text, text}};
    return out;
}

}  // namespace conductor::test
