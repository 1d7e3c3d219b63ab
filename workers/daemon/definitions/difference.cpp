#include <daemon/definitions/difference.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace conductor::daemon {
namespace {

using boost::json::value;

// What stands in these is the author's alone.
constexpr std::array<std::string_view, 4> free_form = {"inputParameters", "outputParameters",
                                                       "inputTemplate", "input"};
constexpr std::array<std::string_view, 5> key_words = {"token", "apikey", "password", "secret",
                                                       "credential"};

bool is_free_form(std::string_view member) {
    return std::ranges::find(free_form, member) != free_form.end();
}

// Whether a member holds a key by its name: letters alone count, so api_key and apiKey do.
bool may_hold_a_key(std::string_view member) {
    std::string letters;
    for (unsigned char const letter : member)
        if (std::isalpha(letter) != 0) letters += static_cast<char>(std::tolower(letter));
    return std::ranges::any_of(
        key_words, [&](std::string_view word) { return letters.find(word) != std::string::npos; });
}

// A name of a secret or an expression is no secret.
bool may_be_shown(std::string_view text) {
    return text.empty() || text.starts_with("secret:") || text.starts_with("${");
}

// A copy without keys and tokens, however deep they stand.
value without_keys(std::string_view member, value const& one) {
    if (auto const* const object = one.if_object()) {
        boost::json::object out;
        for (auto const& [name, inner] : *object) out[name] = without_keys(name, inner);
        return out;
    }
    if (auto const* const list = one.if_array()) {
        boost::json::array out;
        for (value const& inner : *list) out.push_back(without_keys(member, inner));
        return out;
    }
    bool const hidden = one.is_string() && may_hold_a_key(member) && !may_be_shown(one.as_string());
    return hidden ? value("(hidden)") : one;
}

std::string shown(std::string_view member, value const* one) {
    if (one == nullptr || one->is_null()) return "absent";
    return boost::json::serialize(without_keys(member, *one));
}

std::string escaped(std::string_view member) {
    std::string out;
    for (char const letter : member)
        out += letter == '~' ? "~0" : letter == '/' ? "~1" : std::string(1, letter);
    return out;
}

/** @brief Walks two values together. */
class comparison {
public:
    void objects(boost::json::object const& file, boost::json::object const& server, bool exact) {
        for (auto const& [name, in_file] : file)
            member(name, &in_file, server.if_contains(name), exact);
        if (!exact) return;
        for (auto const& [name, on_server] : server)
            if (!file.contains(name)) member(name, nullptr, &on_server, exact);
    }

    std::vector<difference> take() { return std::move(found_); }

private:
    void member(std::string_view name, value const* file, value const* server, bool exact) {
        std::string const above = pointer_;
        std::string const member_above = member_;
        pointer_ += '/' + escaped(name);
        member_ = name;
        values(file, server, exact || is_free_form(name));
        pointer_ = above;
        member_ = member_above;
    }

    void values(value const* file, value const* server, bool exact) {
        bool const file_has = file != nullptr && !file->is_null();
        bool const server_has = server != nullptr && !server->is_null();
        if (!file_has && !server_has) return;
        if (file_has && server_has) {
            if (file->is_object() && server->is_object())
                return objects(file->as_object(), server->as_object(), exact);
            if (file->is_array() && server->is_array())
                return arrays(file->as_array(), server->as_array(), exact);
            if (*file == *server || equal_numbers(*file, *server)) return;
        }
        found_.push_back({pointer_, shown(member_, server), shown(member_, file)});
    }

    void arrays(boost::json::array const& file, boost::json::array const& server, bool exact) {
        std::string const above = pointer_;
        for (std::size_t i = 0; i < std::max(file.size(), server.size()); ++i) {
            pointer_ = above + '/' + std::to_string(i);
            values(i < file.size() ? &file[i] : nullptr, i < server.size() ? &server[i] : nullptr,
                   exact);
        }
        pointer_ = above;
    }

    static bool equal_numbers(value const& file, value const& server) {
        if (!file.is_number() || !server.is_number()) return false;
        // At least one of the two has a fraction: integers of any sign compare equal as they are.
        if (!file.is_double() && !server.is_double()) return false;
        return file.to_number<double>() == server.to_number<double>();
    }

    std::string pointer_;
    // The nearest member's name: elements of a list are named by the list.
    std::string member_;
    std::vector<difference> found_;
};

}  // namespace

std::vector<difference> compare(boost::json::object const& file,
                                boost::json::object const& server) {
    comparison both;
    both.objects(file, server, false);
    return both.take();
}

}  // namespace conductor::daemon
