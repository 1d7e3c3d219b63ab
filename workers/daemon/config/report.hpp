#pragma once

#include <daemon/config/config.hpp>
#include <daemon/config/fault.hpp>

#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief A key that the reader of a configuration knows. */
struct known_key {
    /** @brief Its path. */
    std::string path;
    /** @brief What it may hold, for people, e.g. "whole number, 1 to 1000". */
    std::string form;

    friend bool operator==(known_key const&, known_key const&) = default;
};

/** @brief What reading a configuration brings to light besides its values: every fault, every
 *  setting with where it came from, and every key that was looked for. */
class report {
public:
    /** @brief A report about one file. */
    explicit report(std::string file) : file_(std::move(file)) {}

    /** @brief Something in the file is wrong. */
    void complain(location where, std::string path, std::string message) {
        faults_.push_back({file_, where, std::move(path), std::move(message)});
    }
    /** @brief Something in the environment is wrong. */
    void complain_of_environment(std::string path, std::string message) {
        faults_.push_back({"environment", {}, std::move(path), std::move(message)});
    }

    /** @brief A setting that the file makes. */
    void from_file(std::string path, std::string value, location where) {
        note(std::move(path), std::move(value), file_ + ':' + std::to_string(where.line));
    }
    /** @brief A setting that a variable makes; it replaces what was noted of the path before. */
    void from_environment(std::string path, std::string value, std::string const& variable) {
        note(std::move(path), std::move(value), "environment " + variable);
    }
    /** @brief A setting that nobody makes. */
    void by_default(std::string path, std::string value) {
        note(std::move(path), std::move(value), "default");
    }

    /** @brief A key that is looked for. Of several calls the first says what it may hold. */
    void asked(std::string path, std::string form);

    /** @brief The file's name. */
    std::string const& file() const { return file_; }
    /** @brief The faults, those of the file in its order, then those of the environment. */
    std::vector<fault> faults() const;
    /** @brief The settings in the order in which they were read. */
    std::vector<effective_value> const& effective() const { return effective_; }
    /** @brief The keys in the order in which they were looked for, whether they were there or not:
     *  what the reference of the configuration is made of. */
    std::vector<known_key> const& known() const { return known_; }

private:
    void note(std::string path, std::string value, std::string origin);

    std::string file_;
    std::vector<fault> faults_;
    std::vector<effective_value> effective_;
    std::vector<known_key> known_;
};

}  // namespace conductor::daemon
