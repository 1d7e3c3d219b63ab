#pragma once

#include <boost/describe.hpp>
#include <conductor/conductor.hpp>

#include <optional>
#include <string>

// What the task is given. A member must be there, unless it is an optional or has a default.
struct greeting {
    std::string name;
    std::optional<std::string> language;
    int times = 1;
    std::optional<bool> noisy;
};
BOOST_DESCRIBE_STRUCT(greeting, (), (name, language, times, noisy))

// What it gives.
struct greeted {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(greeted, (), (text))

conductor::result<greeted> greet(greeting const& in, conductor::task_context& context);
