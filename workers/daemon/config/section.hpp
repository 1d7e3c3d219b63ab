#pragma once

#include <daemon/config/report.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace YAML {
class Node;
}

namespace conductor::daemon {

/** @brief A text of the file, and where it stands. */
struct located_text {
    /** @brief The text. */
    std::string text;
    /** @brief Where it begins. */
    location where;
};

/** @brief What a whole number may be. */
struct number_rule {
    /** @brief The smallest. */
    std::int64_t min;
    /** @brief The largest. */
    std::int64_t max;
    /** @brief What it counts, e.g. "seconds"; empty for things. */
    std::string_view unit{};
};

/** @brief One mapping of a YAML file, read key by key.
 *
 *  Every key that is asked for is known; `finish()` complains of all others. A key without a value
 *  counts as absent. Faults go to the report, and the reader goes on with what is absent.
 */
class section {
public:
    /** @brief The outermost mapping of a file. */
    section(daemon::report& report, YAML::Node const& node);

    /** @brief Whether the file has this mapping at all, if only its key. */
    bool present() const { return present_; }
    /** @brief Where it begins. */
    location where() const { return where_; }
    /** @brief The path of a key in it. */
    std::string path(std::string_view key) const;

    /** @brief A text, number or truth value as it stands. */
    std::optional<located_text> text(std::string const& key);
    /** @brief A whole number that keeps to a rule, noted in the report with where it came from. */
    std::int64_t number(std::string const& key, number_rule rule, std::int64_t otherwise);
    /** @brief One of some words, noted in the report with where it came from. */
    std::string choice(std::string const& key, std::vector<std::string> const& words,
                       std::string const& otherwise);
    /** @brief A list of texts; empty when absent. */
    std::vector<located_text> list(std::string const& key);
    /** @brief A mapping; one that is not `present()` when absent. */
    section mapping(std::string const& key);
    /** @brief All entries of this mapping as text: for keys that the user chooses. */
    std::vector<std::pair<std::string, located_text>> texts();
    /** @brief All entries of this mapping as mappings: for keys that the user chooses. */
    std::vector<std::pair<std::string, section>> mappings();

    /** @brief Complains of every key that was not asked for. */
    void finish();
    /** @brief Complains of a key. */
    void complain(location where, std::string_view key, std::string message);
    /** @brief What else is found out about the file goes here. */
    daemon::report& report() { return *report_; }

private:
    struct entry {
        std::string key;
        location key_where;
        // The node itself stays in the source file, so that users of this header need no YAML.
        std::size_t index;
    };
    struct nodes;

    section(daemon::report& report, std::string path, location where);
    void read_entries(YAML::Node const& node);
    entry const* find(std::string const& key);
    std::optional<located_text> scalar(entry const& one);
    section mapping_of(entry const& one);

    daemon::report* report_;
    std::string path_;
    location where_;
    bool present_ = false;
    std::vector<entry> entries_;
    std::shared_ptr<nodes> nodes_;
    std::vector<std::string> known_;
};

/** @brief A whole number in decimal digits; none for anything else. */
std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace conductor::daemon
