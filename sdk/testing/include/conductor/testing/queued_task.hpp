#pragma once

#include <boost/json/object.hpp>

#include <string>

namespace conductor::test {

/** @brief A task to be queued on a `fake_server`. */
struct queued_task {
    /** @brief Its type. */
    std::string type;
    /** @brief Its input. */
    boost::json::object input{};
    /** @brief Its domain; empty for none. */
    std::string domain{};
};

}  // namespace conductor::test
