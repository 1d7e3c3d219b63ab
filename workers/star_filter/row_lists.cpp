#include <star_filter/row_lists.hpp>

#include <star_filter/activity_row.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> list_names{"resultList", "result", "stargazers", "forks",
                                                     "contributors"};
constexpr std::string_view expected_lists =
    "a list resultList, result, stargazers, forks or contributors";
constexpr unsigned depth_max = 16;

std::string below(std::string_view pointer, std::string_view name) {
    return std::string{pointer} + "/" + std::string{name};
}

json::value const* list_named(json::value const& output, std::string_view name) {
    auto const* object = output.if_object();
    auto const* list = object != nullptr ? object->if_contains(name) : nullptr;
    return list != nullptr && (list->is_array() || list->is_null()) ? list : nullptr;
}

json::value const* list_of_output(json::value const& output) {
    for (auto const name : list_names)
        if (auto const* list = list_named(output, name)) return list;
    return nullptr;
}

bool is_row(json::value const& element) {
    auto const* object = element.if_object();
    return object != nullptr && looks_like_row(*object);
}

// The list that an element of a list stands for; none when the element is a row.
json::value const* nested_list(json::value const& element) {
    if (element.is_array()) return &element;
    return is_row(element) ? nullptr : list_of_output(element);
}

struct iteration {
    unsigned number;
    json::value const* tasks;
};

std::vector<iteration> iterations_of(json::object const& loop) {
    std::vector<iteration> found;
    for (auto const& member : loop) {
        auto const name = member.key();
        unsigned number = 0;
        auto const parsed = std::from_chars(name.data(), name.data() + name.size(), number);
        if (parsed.ec == std::errc{} && parsed.ptr == name.data() + name.size())
            found.push_back({number, &member.value()});
    }
    std::sort(found.begin(), found.end(), [](iteration const& left, iteration const& right) {
        return left.number < right.number;
    });
    return found;
}

// Every step returns false once something holds no rows; `error` then says what.
class row_collector {
public:
    std::vector<json::value const*> rows;
    failure error;

    bool add_lists(json::value const& lists, std::string const& pointer) {
        if (auto const* list = nested_list(lists)) return add_list(*list, pointer, 0);
        auto const* loop = lists.if_object();
        if (loop == nullptr || is_row(lists))
            return refuse(pointer, "expected a list of rows, or the output of a task or a loop");
        auto const iterations = iterations_of(*loop);
        if (iterations.empty() && !loop->empty() && !loop->contains("iteration"))
            return refuse(pointer, "expected " + std::string{expected_lists});
        return std::all_of(iterations.begin(), iterations.end(), [&](iteration const& one) {
            return add_iteration(*one.tasks, below(pointer, std::to_string(one.number)));
        });
    }

private:
    bool refuse(std::string const& pointer, std::string const& why) {
        error = {errc::bad_value, pointer + ": " + why};
        return false;
    }

    bool add_list(json::value const& list, std::string const& pointer, unsigned depth) {
        if (list.is_null()) return true;
        if (depth == depth_max) return refuse(pointer, "lists are nested too deeply");
        auto const& elements = list.get_array();
        for (std::size_t index = 0; index != elements.size(); ++index) {
            auto const* nested = nested_list(elements[index]);
            if (nested == nullptr)
                rows.push_back(&elements[index]);
            else if (!add_list(*nested, below(pointer, std::to_string(index)), depth + 1))
                return false;
        }
        return true;
    }

    bool add_iteration(json::value const& tasks, std::string const& pointer) {
        auto const* outputs = tasks.if_object();
        if (outputs == nullptr)
            return refuse(pointer, "expected the task outputs of one iteration");
        auto const* const name =
            std::find_if(list_names.begin(), list_names.end(), [&](std::string_view candidate) {
                return std::any_of(outputs->begin(), outputs->end(), [&](auto const& output) {
                    return list_named(output.value(), candidate) != nullptr;
                });
            });
        if (name == list_names.end())
            return refuse(pointer, "no task has " + std::string{expected_lists});
        return std::all_of(outputs->begin(), outputs->end(), [&](auto const& output) {
            auto const* list = list_named(output.value(), *name);
            return list == nullptr || add_list(*list, below(pointer, output.key()), 0);
        });
    }
};

}  // namespace

result<std::vector<json::value const*>> find_rows(json::value const& lists,
                                                  std::string_view pointer) {
    row_collector collector;
    if (!collector.add_lists(lists, std::string{pointer})) return std::move(collector.error);
    return std::move(collector.rows);
}

}  // namespace conductor::workers
