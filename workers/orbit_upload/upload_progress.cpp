#include <orbit_upload/upload_progress.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

// What to wait when the sink does not say: Orbit counts requests by the minute.
constexpr seconds rest_default{60};
constexpr seconds rest_min{1};

std::optional<std::size_t> count_of(json::object const& output, std::string_view name) {
    auto const* value = output.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    json::error_code error;
    auto const number = value->to_number<std::size_t>(error);
    return error ? std::nullopt : std::optional{number};
}

}  // namespace

upload_progress upload_progress::resume(json::object const& previous, std::size_t total) {
    upload_progress resumed{total};
    auto const next = count_of(previous, "next_index");
    auto const posted = count_of(previous, "posted");
    auto const created = count_of(previous, "created");
    auto const duplicates = count_of(previous, "duplicates");
    auto const requests = count_of(previous, "requests");
    auto const* failed = previous.if_contains("failed");
    bool const whole = next && posted && created && duplicates && requests && failed != nullptr &&
                       failed->is_array();
    if (!whole || *next > total || count_of(previous, "total") != total) return resumed;
    resumed.next_ = *next;
    resumed.posted_ = *posted;
    resumed.created_ = *created;
    resumed.duplicates_ = *duplicates;
    resumed.requests_ = *requests;
    resumed.failed_ = failed->get_array();
    return resumed;
}

seconds upload_progress::patience() const {
    return limited_in_a_row_ > 1 ? seconds{0} : patience_max;
}

upload_step upload_progress::record(std::vector<activity_report> reports,
                                    upload_request const& request) {
    ++requests_;
    upload_step step;
    for (auto& one : reports) {
        step = record_one(std::move(one), request);
        if (step.next != upload_step::kind::proceed) break;
    }
    return step;
}

upload_step upload_progress::record_one(activity_report one, upload_request const& request) {
    auto& report = one.report;
    switch (report.outcome) {
        case delivery_outcome::created: ++created_; [[fallthrough]];
        case delivery_outcome::accepted: ++posted_; return take();
        case delivery_outcome::duplicate: ++duplicates_; return take();
        case delivery_outcome::rejected:
            return reject(std::move(report), one.key, request.on_item_error);
        case delivery_outcome::limited: return limit(report, request.max_wait);
        case delivery_outcome::stopped: return {.next = upload_step::kind::stop};
        case delivery_outcome::failed: break;
    }
    return {.next = upload_step::kind::end, .why = std::move(report.why)};
}

upload_step upload_progress::take() {
    ++next_;
    limited_in_a_row_ = 0;
    return {};
}

upload_step upload_progress::reject(delivery_report report, std::string_view key,
                                    item_error_rule rule) {
    auto const status = report.why.http_status ? json::value(*report.why.http_status) : nullptr;
    failed_.push_back(json::object{
        {"index", next_}, {"key", key}, {"http_status", status}, {"errors", report.errors}});
    if (rule == item_error_rule::go_on) return take();
    report.why.message += " at /activities/" + std::to_string(next_);
    if (!report.errors.is_null()) report.why.message += ": " + json::serialize(report.errors);
    return {.next = upload_step::kind::end, .why = std::move(report.why)};
}

upload_step upload_progress::limit(delivery_report const& report, seconds max_wait) {
    ++limited_in_a_row_;
    auto const rest = std::max(report.retry_after.value_or(rest_default), rest_min);
    auto why = report.why;
    if (rest > max_wait) {
        why.message += "; it asks to wait " + std::to_string(rest.count()) +
                       " s, and max_wait_seconds is " + std::to_string(max_wait.count());
        return {.next = upload_step::kind::end, .rest = rest, .why = std::move(why)};
    }
    return {.next = upload_step::kind::rest, .rest = rest, .why = std::move(why)};
}

std::optional<fault> upload_progress::complaint() const {
    if (failed_.empty() || failed_.size() < total_) return std::nullopt;
    auto message = "the sink refuses all " + std::to_string(total_) +
                   " activities, the first with " + json::serialize(failed_.front());
    return fault{.code = codes::sink_rejected, .message = std::move(message)};
}

json::object upload_progress::to_output() const {
    return {{"posted", posted_},    {"created", created_}, {"duplicates", duplicates_},
            {"failed", failed_},    {"next_index", next_}, {"total", total_},
            {"requests", requests_}};
}

std::string upload_progress::summary() const {
    return std::to_string(next_) + " of " + std::to_string(total_) +
           " done: " + std::to_string(posted_) + " posted, " + std::to_string(duplicates_) +
           " duplicates, " + std::to_string(failed_.size()) + " rejected";
}

}  // namespace conductor::workers
