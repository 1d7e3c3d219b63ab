#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::http {

/** @brief One header line. */
struct header {
    /** @brief The name, compared without regard to case. */
    std::string name;
    /** @brief The value, without surrounding blanks. */
    std::string value;

    friend bool operator==(header const&, header const&) = default;
};

/** @brief Header lines in order; names compare without regard to case. */
class headers {
public:
    headers() = default;
    /** @brief Lines in order. */
    headers(std::initializer_list<header> lines) : lines_(lines) {}

    /** @brief The first value of that name. */
    std::optional<std::string_view> find(std::string_view name) const;
    /** @brief Replaces all lines of that name by one. */
    void set(std::string_view name, std::string value);
    /** @brief Adds a line. */
    void add(std::string name, std::string value);
    /** @brief Removes all lines of that name. */
    void erase(std::string_view name);

    /** @brief First line. */
    auto begin() const { return lines_.begin(); }
    /** @brief Past the last line. */
    auto end() const { return lines_.end(); }
    /** @brief How many lines. */
    std::size_t size() const { return lines_.size(); }

    friend bool operator==(headers const&, headers const&) = default;

private:
    std::vector<header> lines_;
};

}  // namespace conductor::http
