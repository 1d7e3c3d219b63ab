#pragma once

#include <orbit_upload/sink.hpp>
#include <orbit_upload/upload_request.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers {

/** @brief The longest wait that is taken in place; a longer one hands the task back. */
inline constexpr std::chrono::seconds patience_max{2};

/** @brief What became of one activity. */
struct activity_report {
    /** @brief The activity's key, for `failed`. */
    std::string key;
    /** @brief The sink's word on it. */
    delivery_report report;
};

/** @brief What to do after a delivery. */
struct upload_step {
    /** @brief The kinds of steps. */
    enum class kind {
        /** @brief On to the next activity, if there is one. */
        proceed,
        /** @brief Leave the sink alone for `rest`, then the same activity again. */
        rest,
        /** @brief End the task without success, because of `why`. */
        end,
        /** @brief Give the task back: the worker stops. */
        stop,
    };
    /** @brief Which. */
    kind next = kind::proceed;
    /** @brief How long to rest. */
    std::chrono::seconds rest{0};
    /** @brief Why the task ends, or why it rests. */
    fault why{};

    friend bool operator==(upload_step const&, upload_step const&) = default;
};

/** @brief How far the upload of one task has come: what was counted, what is next, and what each
 *  report leads to. Pure; it lives on in the task's output from one claim to the next. */
class upload_progress {
public:
    /** @brief At the beginning of `total` activities. */
    explicit upload_progress(std::size_t total) : total_(total) {}

    /** @brief Where an earlier claim of the task left off.
     *  @param previous  Its output. One that is empty, or of another number of activities, or not
     *                   made by `to_output()`, begins anew. */
    static upload_progress resume(boost::json::object const& previous, std::size_t total);

    /** @brief Index of the next activity. */
    std::size_t next_index() const { return next_; }
    /** @brief Number of all activities. */
    std::size_t total() const { return total_; }
    /** @brief Whether every activity has been dealt with. */
    bool finished() const { return next_ == total_; }
    /** @brief How long to wait in place: a sink that limits twice in a row has used it up. */
    std::chrono::seconds patience() const;

    /** @brief Takes down what became of the next activities, which were delivered together; those
     *  behind the first one that leads to another step than `proceed` come again. */
    upload_step record(std::vector<activity_report> reports, upload_request const& request);
    /** @brief Passes over all activities without counting them as sent. */
    void skip_all() { next_ = total_; }

    /** @brief Why a finished upload is a failure: every activity was rejected. */
    std::optional<fault> complaint() const;
    /** @brief `{posted, created, duplicates, failed, next_index, total, requests}`. */
    boost::json::object to_output() const;
    /** @brief The counts in one line, for the task's log. */
    std::string summary() const;

private:
    upload_step record_one(activity_report one, upload_request const& request);
    upload_step reject(delivery_report report, std::string_view key, item_error_rule rule);
    upload_step limit(delivery_report const& report, std::chrono::seconds max_wait);
    upload_step take();

    std::size_t total_;
    std::size_t next_ = 0;
    std::size_t posted_ = 0;
    std::size_t created_ = 0;
    std::size_t duplicates_ = 0;
    std::size_t requests_ = 0;
    boost::json::array failed_;
    unsigned limited_in_a_row_ = 0;
};

}  // namespace conductor::workers
