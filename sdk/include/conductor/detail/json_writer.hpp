#pragma once

#include <conductor/detail/json_reader.hpp>

namespace conductor::detail {

template <class T>
boost::json::value write_json(T const& in);

template <class T>
void write_member(boost::json::object& out, std::string_view name, T const& in) {
    out.emplace(name, write_json(in));
}

template <class T>
void write_member(boost::json::object& out, std::string_view name, std::optional<T> const& in) {
    if (in) write_member(out, name, *in);
}

template <class T>
boost::json::value write_json(std::optional<T> const& in) {
    return in ? write_json(*in) : boost::json::value{};
}

template <class T>
boost::json::value write_json(std::vector<T> const& in) {
    boost::json::array out;
    out.reserve(in.size());
    for (auto const& element : in) out.push_back(write_json(element));
    return out;
}

template <class T>
boost::json::value write_json(std::map<std::string, T> const& in) {
    boost::json::object out;
    for (auto const& [name, element] : in) write_member(out, name, element);
    return out;
}

template <class T>
boost::json::value write_json(T const& in) {
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

}  // namespace conductor::detail
