#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::test {

/** @brief Why a query cannot be carried out. */
enum class query_fault {
    /** @brief It can. */
    none,
    /** @brief No server understands it. */
    malformed,
    /** @brief A server may, but this one knows `taskType` and `status` alone. */
    unknown_member,
};

/** @brief The query of a task search: conditions that a task meets all of, `taskType='a' AND
 *  status='b'`; an asterisk in a value stands for any text.
 *  @par Source  Conductor `SqliteIndexQueryBuilder`, as measured. */
class task_query {
public:
    /** @brief Reads a query; an empty one is met by all tasks. */
    explicit task_query(std::string_view text);

    /** @brief What is wrong with it. */
    query_fault fault() const { return fault_; }
    /** @brief Its faulty condition, for an answer. */
    std::string const& faulty() const { return faulty_; }
    /** @brief Whether a task meets it. */
    bool is_met_by(boost::json::object const& task) const;

private:
    void add(std::string_view condition);

    std::vector<std::pair<std::string, std::string>> conditions_;
    query_fault fault_ = query_fault::none;
    std::string faulty_;
};

}  // namespace conductor::test
