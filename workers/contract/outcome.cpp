#include <contract/outcome.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace conductor::workers {
namespace {

std::string reason(fault const& error) {
    return std::string{error.code.text} + ": " + error.message;
}

}  // namespace

void throw_exception_from_error(fault const& error, boost::source_location const&) {
    throw std::runtime_error{reason(error)};
}

boost::json::object error_json(fault const& error) {
    boost::json::object out{
        {"code", error.code.text}, {"http_status", nullptr}, {"message", error.message}};
    if (error.http_status) out["http_status"] = *error.http_status;
    if (error.retry_at) out["retry_at"] = format_instant(*error.retry_at);
    return out;
}

task_result fail(fault const& error, boost::json::object output) {
    output["error"] = error_json(error);
    if (error.code.terminal) return task_result::failed_for_good(reason(error), std::move(output));
    return task_result::failed(reason(error), std::move(output));
}

task_result hand_back(fault const& why, std::chrono::seconds delay, boost::json::object progress) {
    progress["waiting"] = error_json(why);
    return task_result::call_back_after(std::max(delay, std::chrono::seconds{1}),
                                        std::move(progress));
}

}  // namespace conductor::workers
