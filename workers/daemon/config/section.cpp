#include <daemon/config/section.hpp>

#include <daemon/config/nearest_name.hpp>

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>

namespace conductor::daemon {
namespace {

location location_of(YAML::Node const& node) {
    YAML::Mark const mark = node.Mark();
    return mark.is_null() ? location{1, 1} : location{mark.line + 1, mark.column + 1};
}

std::string quoted(std::string const& text) { return '"' + text + '"'; }

std::string range_text(number_rule rule) {
    std::string out = std::to_string(rule.min) + " to " + std::to_string(rule.max);
    if (!rule.unit.empty()) out += ' ' + std::string{rule.unit};
    return out;
}

std::string number_text(std::int64_t value, number_rule rule) {
    std::string out = std::to_string(value);
    if (!rule.unit.empty()) out += ' ' + std::string{rule.unit};
    return out;
}

}  // namespace

struct section::nodes {
    std::vector<YAML::Node> values;
};

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

section::section(daemon::report& report, std::string path, location where)
    : report_(&report), path_(std::move(path)), where_(where), nodes_(std::make_shared<nodes>()) {}

section::section(daemon::report& report, YAML::Node const& node)
    : section(report, "", location_of(node)) {
    read_entries(node);
}

std::string section::path(std::string_view key) const {
    return path_.empty() ? std::string{key} : path_ + '.' + std::string{key};
}

void section::complain(location where, std::string_view key, std::string message) {
    report_->complain(where, key.empty() ? path_ : path(key), std::move(message));
}

void section::read_entries(YAML::Node const& node) {
    present_ = true;
    if (node.IsNull()) return;
    if (!node.IsMap()) {
        complain(location_of(node), "", "expected a mapping: lines of the form `key: value`");
        return;
    }
    for (auto const& pair : node) {
        location const where = location_of(pair.first);
        if (!pair.first.IsScalar()) {
            complain(where, "", "a key must be a plain word");
            continue;
        }
        std::string const& key = pair.first.Scalar();
        auto const earlier = std::ranges::find(entries_, key, &entry::key);
        if (earlier != entries_.end()) {
            complain(where, key,
                     "stands here a second time (first in line " +
                         std::to_string(earlier->key_where.line) + "); remove one of the two");
            continue;
        }
        entries_.push_back({key, where, nodes_->values.size()});
        nodes_->values.push_back(pair.second);
    }
}

section::entry const* section::find(std::string const& key) {
    if (std::ranges::find(known_, key) == known_.end()) known_.push_back(key);
    auto const found = std::ranges::find(entries_, key, &entry::key);
    return found == entries_.end() ? nullptr : &*found;
}

std::optional<located_text> section::scalar(entry const& one) {
    YAML::Node const& node = nodes_->values[one.index];
    if (node.IsNull()) return std::nullopt;
    if (!node.IsScalar()) {
        complain(location_of(node), one.key,
                 std::string{"expected one value, not a "} + (node.IsMap() ? "mapping" : "list"));
        return std::nullopt;
    }
    return located_text{node.Scalar(), location_of(node)};
}

std::optional<located_text> section::text(std::string const& key) {
    report_->asked(path(key), "text");
    entry const* const found = find(key);
    return found == nullptr ? std::nullopt : scalar(*found);
}

std::int64_t section::number(std::string const& key, number_rule rule, std::int64_t otherwise) {
    report_->asked(path(key), "whole number, " + range_text(rule));
    auto const written = text(key);
    if (!written) {
        report_->by_default(path(key), number_text(otherwise, rule));
        return otherwise;
    }
    auto const value = whole_number(written->text);
    if (!value) {
        complain(written->where, key,
                 quoted(written->text) + " is not a whole number; write " + range_text(rule));
        return otherwise;
    }
    if (*value < rule.min || *value > rule.max) {
        complain(written->where, key,
                 written->text + " is out of range; write " + range_text(rule));
        return otherwise;
    }
    report_->from_file(path(key), number_text(*value, rule), written->where);
    return *value;
}

std::string section::choice(std::string const& key, std::vector<std::string> const& words,
                            std::string const& otherwise) {
    report_->asked(path(key), "one of " + listed(words));
    auto const written = text(key);
    if (!written) {
        report_->by_default(path(key), otherwise);
        return otherwise;
    }
    if (std::ranges::find(words, written->text) == words.end()) {
        complain(written->where, key,
                 quoted(written->text) + " is not possible; write one of: " + listed(words));
        return otherwise;
    }
    report_->from_file(path(key), written->text, written->where);
    return written->text;
}

std::vector<located_text> section::list(std::string const& key) {
    report_->asked(path(key), "list of texts");
    entry const* const found = find(key);
    if (found == nullptr) return {};
    YAML::Node const& node = nodes_->values[found->index];
    if (node.IsNull()) return {};
    if (!node.IsSequence()) {
        complain(location_of(node), key, "expected a list: [one, two]");
        return {};
    }
    std::vector<located_text> out;
    for (auto const& item : node)
        if (item.IsScalar())
            out.push_back({item.Scalar(), location_of(item)});
        else
            complain(location_of(item), key, "expected a list of plain words: [one, two]");
    return out;
}

section section::mapping_of(entry const& one) {
    section inner{*report_, path(one.key), one.key_where};
    inner.read_entries(nodes_->values[one.index]);
    return inner;
}

section section::mapping(std::string const& key) {
    report_->asked(path(key), "mapping");
    entry const* const found = find(key);
    if (found == nullptr) return {*report_, path(key), where_};
    return mapping_of(*found);
}

std::vector<std::pair<std::string, located_text>> section::texts() {
    std::vector<std::pair<std::string, located_text>> out;
    for (entry const& one : entries_) {
        find(one.key);
        report_->asked(path(one.key), "text");
        auto written = scalar(one);
        if (written)
            out.emplace_back(one.key, *std::move(written));
        else if (nodes_->values[one.index].IsNull())
            complain(one.key_where, one.key, "has no value; give it one or remove the line");
    }
    return out;
}

std::vector<std::pair<std::string, section>> section::mappings() {
    std::vector<std::pair<std::string, section>> out;
    for (entry const& one : entries_) {
        find(one.key);
        report_->asked(path(one.key), "mapping");
        out.emplace_back(one.key, mapping_of(one));
    }
    return out;
}

void section::finish() {
    for (entry const& one : entries_) {
        if (std::ranges::find(known_, one.key) != known_.end()) continue;
        std::string message = "unknown key";
        if (auto const meant = nearest_name(one.key, known_))
            message += "; did you mean " + quoted(*meant) + '?';
        else
            message += "; allowed here: " + listed(known_);
        complain(one.key_where, one.key, std::move(message));
    }
}

}  // namespace conductor::daemon
