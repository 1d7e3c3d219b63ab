#pragma once

#include <conductor/error.hpp>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace conductor::detail {

template <class T>
concept described_struct =
    std::is_class_v<T> && boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

template <class T>
concept described_enum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
concept json_native = std::same_as<T, boost::json::value> || std::same_as<T, boost::json::object> ||
                      std::same_as<T, boost::json::array>;

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public |
                                                            boost::describe::mod_inherited>;

// A member that its struct initialises to something else than the type's plain value is optional;
// reflection shows no initialisers, so this is as near as one can come.
template <class M>
bool has_default(M const& initial) {
    if constexpr (requires { initial.empty(); })
        return !initial.empty();
    else if constexpr (std::equality_comparable<M> && std::is_default_constructible_v<M>)
        return !(initial == M{});
    else
        return false;
}

inline std::string escaped_pointer_token(std::string_view token) {
    std::string out;
    for (char const c : token)
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    return out;
}

std::string_view kind_name(boost::json::kind kind);

// Reads one document; after a failed read, error() names the culprit by its JSON pointer.
class json_reader {
public:
    failure error() const {
        return {errc::bad_value, (pointer_.empty() ? "/" : pointer_) + ": " + problem_};
    }

    bool read(boost::json::value const& in, bool& out);
    bool read(boost::json::value const& in, std::string& out);

    bool read(boost::json::value const& in, json_native auto& out) {
        using T = std::remove_reference_t<decltype(out)>;
        if constexpr (std::same_as<T, boost::json::value>) {
            out = in;
            return true;
        } else if constexpr (std::same_as<T, boost::json::object>) {
            if (!in.is_object()) return expected("an object", in);
            out = in.get_object();
            return true;
        } else {
            if (!in.is_array()) return expected("a list", in);
            out = in.get_array();
            return true;
        }
    }

    template <class T>
        requires(std::integral<T> && !std::same_as<T, bool>)
    bool read(boost::json::value const& in, T& out) {
        if (!in.is_number()) return expected("a whole number", in);
        boost::system::error_code ec;
        out = in.to_number<T>(ec);
        return !ec || fail("is not a whole number of the allowed range");
    }

    template <std::floating_point T>
    bool read(boost::json::value const& in, T& out) {
        if (!in.is_number()) return expected("a number", in);
        boost::system::error_code ec;
        out = in.to_number<T>(ec);
        return !ec || fail("is out of range");
    }

    template <described_enum T>
    bool read(boost::json::value const& in, T& out) {
        if (!in.is_string()) return expected("a string", in);
        std::string const name(in.get_string());
        return boost::describe::enum_from_string(name.c_str(), out) ||
               fail("is none of the allowed values");
    }

    template <class T>
    bool read(boost::json::value const& in, std::optional<T>& out) {
        if (in.is_null()) {
            out.reset();
            return true;
        }
        return read(in, out.emplace());
    }

    template <class T>
    bool read(boost::json::value const& in, std::vector<T>& out) {
        if (!in.is_array()) return expected("a list", in);
        out.clear();
        out.reserve(in.get_array().size());
        for (auto const& element : in.get_array()) {
            T item{};
            if (!read(element, item)) return prefix(std::to_string(out.size()));
            out.push_back(std::move(item));
        }
        return true;
    }

    template <class T>
    bool read(boost::json::value const& in, std::map<std::string, T>& out) {
        if (!in.is_object()) return expected("an object", in);
        out.clear();
        for (auto const& [name, element] : in.get_object()) {
            T item{};
            if (!read(element, item)) return prefix(name);
            out.emplace(name, std::move(item));
        }
        return true;
    }

    template <described_struct T>
    bool read(boost::json::value const& in, T& out) {
        return in.is_object() ? read(in.get_object(), out) : expected("an object", in);
    }

    template <described_struct T>
    bool read(boost::json::object const& in, T& out) {
        bool good = true;
        boost::mp11::mp_for_each<members_of<T>>(
            [&](auto member) { good = good && read_member(in, member.name, out.*member.pointer); });
        return good;
    }

private:
    template <class M>
    bool read_member(boost::json::object const& in, std::string_view name, M& out) {
        auto const* found = in.if_contains(name);
        // Null stands for an absent member, except where null is a value.
        bool const null = found != nullptr && found->is_null();
        bool const absent = null && !std::same_as<M, boost::json::value> && has_default(out);
        if (found != nullptr && !absent) return read(*found, out) || prefix(name);
        if (is_optional<M>::value || has_default(out)) return true;
        fail("is missing");
        return prefix(name);
    }

    template <class M>
    struct is_optional : std::false_type {};
    template <class M>
    struct is_optional<std::optional<M>> : std::true_type {};

    bool fail(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }
    bool expected(std::string_view what, boost::json::value const& got);
    bool prefix(std::string_view token) {
        pointer_ = "/" + escaped_pointer_token(token) + pointer_;
        return false;
    }

    std::string pointer_;
    std::string problem_;
};

template <class T, class Json>
result<T> read_json(Json const& in) {
    json_reader reader;
    T out{};
    if (!reader.read(in, out)) return reader.error();
    return out;
}

}  // namespace conductor::detail
