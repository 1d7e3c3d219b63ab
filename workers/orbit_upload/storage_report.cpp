#include <orbit_upload/storage_report.hpp>

#include <utility>

namespace conductor::workers {

std::vector<delivery_report> storage_reports(std::vector<bool> const& created) {
    std::vector<delivery_report> reports;
    reports.reserve(created.size());
    for (bool const is_new : created) {
        reports.push_back(
            {.outcome = is_new ? delivery_outcome::created : delivery_outcome::duplicate});
    }
    return reports;
}

std::vector<delivery_report> storage_failure(std::string message, std::size_t activities) {
    delivery_report const report{
        .outcome = delivery_outcome::failed,
        .why = {.code = codes::sink_storage, .message = std::move(message)}};
    return std::vector<delivery_report>(activities, report);
}

}  // namespace conductor::workers
