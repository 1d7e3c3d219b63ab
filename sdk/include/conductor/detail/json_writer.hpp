#pragma once

#include <conductor/detail/json_reader.hpp>

namespace conductor::detail {

// A class, so that each overload sees all others, whatever the nesting.
struct json_writer {
    template <class T>
    static boost::json::value write(std::optional<T> const& in) {
        return in ? write(*in) : boost::json::value{};
    }

    template <class T>
    static boost::json::value write(std::vector<T> const& in) {
        boost::json::array out;
        out.reserve(in.size());
        for (auto const& element : in) out.push_back(write(element));
        return out;
    }

    template <class T>
    static boost::json::value write(std::map<std::string, T> const& in) {
        boost::json::object out;
        for (auto const& [name, element] : in) write_member(out, name, element);
        return out;
    }

    template <class T>
    static boost::json::value write(T const& in) {
        if constexpr (described_struct<T>) {
            boost::json::object out;
            boost::mp11::mp_for_each<members_of<T>>(
                [&](auto member) { write_member(out, member.name, in.*member.pointer); });
            return out;
        } else if constexpr (described_enum<T>) {
            return boost::json::string(boost::describe::enum_to_string(in, ""));
        } else {
            return boost::json::value(in);
        }
    }

private:
    template <class T>
    static void write_member(boost::json::object& out, std::string_view name, T const& in) {
        out.emplace(name, write(in));
    }
    template <class T>
    static void write_member(boost::json::object& out, std::string_view name,
                             std::optional<T> const& in) {
        if (in) write_member(out, name, *in);
    }
};

}  // namespace conductor::detail
