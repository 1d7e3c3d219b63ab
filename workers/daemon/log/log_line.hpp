#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace conductor::daemon {

/** @brief One named value of a line of the log. */
struct log_field {
    /** @brief Its name. */
    std::string_view name;
    /** @brief Its value; a text may come from outside. */
    std::variant<std::string, std::int64_t> value;
};

/** @brief What a line of the log says, besides time and level. */
struct log_line {
    /** @brief What happened: words of ours, never of others. */
    std::string_view message;
    /** @brief To what. */
    std::vector<log_field> fields{};
};

/** @brief `message name=value name="value with blanks"`, in one line whatever the values hold. */
std::string to_text(log_line const& line);

/** @brief `"message":"…","name":"value","name":1`: the members of a JSON object. */
std::string to_json_members(log_line const& line);

}  // namespace conductor::daemon
