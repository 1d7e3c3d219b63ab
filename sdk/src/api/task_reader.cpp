#include "api/task_reader.hpp"

#include "api/answer_memory.hpp"
#include "api/json_check.hpp"
#include "api/plain_json.hpp"
#include "api/task_text.hpp"

#include <boost/json/parser.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace conductor::api {
namespace {

namespace json = boost::json;

// No fewer than `task` has accessors for.
constexpr std::size_t members_expected = 16;
// An answer's own level, and its tasks', are not the parser's.
constexpr std::size_t depth_max = 200 - 2;

// What is built of a task is small, whatever its input is.
constexpr std::size_t memory_max = std::size_t{64} * 1024;

json::parse_options options() {
    json::parse_options limits;
    limits.max_depth = depth_max;
    return limits;
}

// Builds the tasks of one answer in memory that they share.
class builder {
public:
    builder(std::shared_ptr<std::string const> body, known_values& known)
        : body_(std::move(body)),
          known_(known),
          cursor_(*body_),
          memory_(std::min(body_->size(), memory_max) + 1024),
          parser_({}, options(), room_.data(), room_.size()) {}

    plain_json& cursor() { return cursor_; }

    std::optional<task> build() {
        cursor_.peek();
        auto const* const begin = cursor_.rest().data();
        json::object members(memory_.storage());
        members.reserve(members_expected);
        bool is_whole = true;
        std::string_view input;
        if (!cursor_.take('{')) return std::nullopt;
        do {
            auto const name = cursor_.take_text();
            if (!name || !cursor_.take(':')) return std::nullopt;
            if (detail::task_text::leaves_out(*name)) {
                if (!skip_left_out()) return std::nullopt;
                is_whole = false;
            } else if (*name == "inputData" && holds_members()) {
                if (!input.empty()) return std::nullopt;
                input = skip_input();
                if (input.empty()) return std::nullopt;
            } else if (!read_member(members, *name)) {
                return std::nullopt;
            }
        } while (cursor_.take(','));
        if (!cursor_.take('}')) return std::nullopt;
        if (is_whole && input.empty()) return checked(task(std::move(members)));
        if (!input.empty() && members.contains("inputData")) return std::nullopt;
        std::string_view const text(begin, static_cast<std::size_t>(cursor_.rest().data() - begin));
        return checked(task(std::move(members),
                            std::make_shared<detail::task_text const>(body_, text, input)));
    }

private:
    static std::optional<task> checked(task built) {
        if (built.id().empty() || built.workflow_id().empty()) return std::nullopt;
        return built;
    }

    bool skip_left_out() {
        if (cursor_.peek() != '{') return cursor_.skip_value();
        if (known_.skip(cursor_)) return true;
        auto const text = cursor_.rest();
        if (!cursor_.skip_value()) return false;
        known_.remember(text.substr(0, text.size() - cursor_.rest().size()));
        return true;
    }

    // An object with something in it: it is read when a handler asks.
    bool holds_members() { return cursor_.peek() == '{' && !cursor_.rest().starts_with("{}"); }

    // Empty when it is not JSON.
    std::string_view skip_input() {
        auto const text = cursor_.rest();
        auto const length = check_value(text, depth_max);
        if (!length) return {};
        cursor_.advance(*length);
        return text.substr(0, *length);
    }

    bool read_member(json::object& members, std::string_view name) {
        auto value = read_value();
        if (!value) return false;
        auto const [place, is_new] = members.emplace(name, *std::move(value));
        // Of two members of one name the last one counts, which is for the parser to see to.
        return is_new;
    }

    std::optional<json::value> read_value() {
        switch (cursor_.peek()) {
            case 't':
                if (cursor_.take_word("true")) return json::value(true, memory_.storage());
                return std::nullopt;
            case 'f':
                if (cursor_.take_word("false")) return json::value(false, memory_.storage());
                return std::nullopt;
            case 'n':
                if (cursor_.take_word("null")) return json::value(nullptr, memory_.storage());
                return std::nullopt;
            case '"': return read_text();
            case '{':
                if (cursor_.take_word("{}"))
                    return json::value(json::object_kind, memory_.storage());
                return parse_value();
            default:
                if (auto const number = cursor_.take_whole_number())
                    return json::value(*number, memory_.storage());
                return parse_value();
        }
    }

    std::optional<json::value> read_text() {
        auto const before = cursor_;
        if (auto const text = cursor_.take_text())
            return json::value(json::string_view(*text), memory_.storage());
        cursor_ = before;
        return parse_value();
    }

    std::optional<json::value> parse_value() {
        auto const text = cursor_.rest();
        json::error_code error;
        parser_.reset(memory_.storage());
        auto const used = parser_.write_some(text.data(), text.size(), error);
        if (error) return std::nullopt;
        cursor_.advance(used);
        return parser_.release();
    }

    std::shared_ptr<std::string const> body_;
    known_values& known_;
    plain_json cursor_;
    open_memory memory_;
    std::array<unsigned char, 4096> room_;
    json::parser parser_;
};

}  // namespace

std::optional<task> task_reader::read_task() const {
    builder tasks(body_, known_);
    auto one = tasks.build();
    bool const is_all = one && tasks.cursor().peek() == '\0' && tasks.cursor().rest().empty();
    return is_all ? std::move(one) : std::nullopt;
}

std::optional<std::vector<task>> task_reader::read_tasks() const {
    builder tasks(body_, known_);
    auto& cursor = tasks.cursor();
    std::vector<task> list;
    if (!cursor.take('[')) return std::nullopt;
    if (!cursor.take(']')) {
        do {
            auto one = tasks.build();
            if (!one) return std::nullopt;
            list.push_back(*std::move(one));
        } while (cursor.take(','));
        if (!cursor.take(']')) return std::nullopt;
    }
    cursor.peek();
    if (!cursor.rest().empty()) return std::nullopt;
    return list;
}

}  // namespace conductor::api
