#pragma once

#include <span>
#include <string_view>

namespace conductor::workers {

/** @brief One member of a task's input or output. */
struct member_description {
    /** @brief Its name; a nested one as `repo.id`. */
    std::string_view member;
    /** @brief Its JSON type, e.g. `text`, `integer`, `array`. */
    std::string_view type;
    /** @brief Whether an input must have it; whether an output always has it. */
    bool required = false;
    /** @brief What an absent input member stands for; empty for nothing. */
    std::string_view default_value{};
    /** @brief What it means, in one sentence. */
    std::string_view meaning{};
};

/** @brief What a task type takes and gives, for people. */
struct task_description {
    /** @brief The task type. */
    std::string_view name;
    /** @brief What it does, in one sentence. */
    std::string_view summary;
    /** @brief The members of its input. */
    std::span<member_description const> inputs;
    /** @brief The members of its output. */
    std::span<member_description const> outputs;
};

}  // namespace conductor::workers
