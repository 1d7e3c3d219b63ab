#pragma once

#include <conductor/error.hpp>
#include <conductor/raw_json.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor {

namespace detail {
class task_text;
}

/** @brief A task as the server sent it.
 *
 *  Lossless: it holds the server's JSON object itself, members that the SDK does not know
 *  included. Every accessor is total: an absent or oddly typed member reads as empty or zero.
 *  @par Source  Conductor `common/metadata/tasks/Task.java`.
 */
class task {
public:
    task() = default;
    /** @brief Wraps the server's object. */
    explicit task(boost::json::object document) : members_(std::move(document)) {}
    task(task const&) = default;
    task(task&&) = default;
    task& operator=(task const&) = default;
    /** @brief Takes the other's memory too. Assigning JSON would copy it into memory of its own. */
    task& operator=(task&& other) noexcept {
        if (this == &other) return *this;
        std::destroy_at(&members_);
        std::construct_at(&members_, std::move(other.members_));
        whole_ = std::move(other.whole_);
        return *this;
    }
    ~task() = default;

    /** @brief `taskId`: opaque. */
    std::string_view id() const { return text("taskId"); }
    /** @brief `taskType`, as workers poll it. */
    std::string_view type() const { return text("taskType"); }
    /** @brief `status`, e.g. `IN_PROGRESS`. */
    std::string_view status() const { return text("status"); }
    /** @brief `workflowInstanceId`: the execution that the task belongs to. */
    std::string_view workflow_id() const { return text("workflowInstanceId"); }
    /** @brief `workflowType`: the name of the workflow's definition. */
    std::string_view workflow_type() const { return text("workflowType"); }
    /** @brief `referenceTaskName`: unique in its workflow; in a loop it ends in `__<iteration>`. */
    std::string_view reference_name() const { return text("referenceTaskName"); }
    /** @brief `workerId` of the last claim. */
    std::string_view worker_id() const { return text("workerId"); }
    /** @brief `domain`, empty for none. */
    std::string_view domain() const { return text("domain"); }
    /** @brief `reasonForIncompletion`. */
    std::string_view reason() const { return text("reasonForIncompletion"); }
    /** @brief `pollCount`: how often the task was handed out. */
    std::int64_t poll_count() const { return number("pollCount"); }
    /** @brief `retryCount`: 0 in the first attempt. */
    std::int64_t retry_count() const { return number("retryCount"); }
    /** @brief `responseTimeoutSeconds`: no update for so long and the server takes the task back;
     *  zero means never. */
    std::chrono::seconds response_timeout() const {
        return std::chrono::seconds{number("responseTimeoutSeconds")};
    }
    /** @brief `inputData`; empty when absent. */
    boost::json::object const& input() const { return object(input_member); }
    /** @brief `inputData` as text: as the server sent it where that is still at hand, else written
     *  anew. Unlike `input()` it takes nothing apart. */
    raw_json input_text() const;
    /** @brief `outputData`: what an earlier claim left behind when it gave the task back. */
    boost::json::object const& output() const { return object("outputData"); }

    /** @brief The whole object as received. Members that have no accessor here are parsed when
     * first asked for. */
    boost::json::object const& document() const;

    /** @brief A text member, empty when absent. */
    std::string_view text(std::string_view name) const;
    /** @brief A whole-number member, zero when absent. */
    std::int64_t number(std::string_view name) const;
    /** @brief An object member, empty when absent. */
    boost::json::object const& object(std::string_view name) const;

    friend bool operator==(task const& one, task const& other) {
        return one.document() == other.document();
    }

    /** @brief For the SDK itself: a task of which `whole` holds more members. */
    task(boost::json::object members, std::shared_ptr<detail::task_text const> whole)
        : members_(std::move(members)), whole_(std::move(whole)) {}

private:
    static constexpr std::string_view input_member{"inputData"};

    boost::json::value const* find(std::string_view name) const;

    boost::json::object members_;
    std::shared_ptr<detail::task_text const> whole_;
};

/** @brief The states that a worker may report.
 *  @par Source  Conductor `TaskResult.Status`. */
enum class task_status {
    /** @brief Given back: comes again after `callback_after`. */
    in_progress,
    /** @brief Failed; the server retries as the definition says. */
    failed,
    /** @brief Failed; the server does not retry. */
    failed_with_terminal_error,
    /** @brief Done. */
    completed,
};

/** @brief The server's name of a state, e.g. `FAILED_WITH_TERMINAL_ERROR`. */
std::string_view to_string(task_status status) noexcept;

/** @brief One line of a task's log. */
struct task_log {
    /** @brief The text. */
    std::string text;
    /** @brief When it was written. */
    std::chrono::system_clock::time_point created{};

    friend bool operator==(task_log const&, task_log const&) = default;
};

/** @brief What a worker reports of a task (`TaskResult` on the wire).
 *
 *  The server cuts `reason` to 500 characters and stores only the first ten logs of one update.
 *  @par Source  Conductor `common/metadata/tasks/TaskResult.java`, `ExecutionDAOFacade`.
 */
struct task_update {
    /** @brief `taskId`. */
    std::string task_id;
    /** @brief `workflowInstanceId`. */
    std::string workflow_id;
    /** @brief `workerId`. */
    std::string worker_id;
    /** @brief `status`. */
    task_status status = task_status::completed;
    /** @brief `reasonForIncompletion`; not sent when empty. */
    std::string reason;
    /** @brief `callbackAfterSeconds`; matters with `in_progress` only. */
    std::chrono::seconds callback_after{0};
    /** @brief `outputData`; replaces what the task had. */
    boost::json::object output;
    /** @brief `outputData` as JSON, sent in place of `output` unless it is empty. */
    std::string output_text;
    /** @brief `logs`. */
    std::vector<task_log> logs;
    /** @brief Members that the SDK does not model, sent as they are. */
    boost::json::object extra;
    /** @brief The task's type. Not sent: for logs, metrics and the outbox. */
    std::string task_type;

    friend bool operator==(task_update const&, task_update const&) = default;
};

}  // namespace conductor
