#include <orbit_upload/sink_answer.hpp>

#include <contract/ascii.hpp>
#include <contract/retry_after.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::size_t errors_bytes_max = 1000;

// Common Room gives a `Retry-After` in ISO 8601, which HTTP does not know.
std::optional<seconds> iso_retry_after(http::headers const& headers, instant now) {
    auto const text = headers.find("Retry-After");
    auto const at = parse_instant(text.value_or(""));
    if (!at) return std::nullopt;
    return std::clamp(std::chrono::ceil<seconds>(*at - now), seconds{0}, retry_after_max);
}

std::optional<seconds> wait_of(http::headers const& headers, instant now) {
    if (auto const wait = retry_after(headers, now)) return wait;
    if (auto const wait = iso_retry_after(headers, now)) return wait;
    return quota_reset(headers, now);
}

delivery_report limited(http::response const& answer, instant now) {
    auto report =
        failed_by(codes::sink_rate_limited, answer.status, "it has had too many requests");
    report.outcome = delivery_outcome::limited;
    report.retry_after = wait_of(answer.headers, now);
    return report;
}

// Cuts between two characters of UTF-8, not inside one.
std::string cut(std::string text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    auto end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "…";
}

// The key as it stands inside a JSON text.
secret escaped(secret const& key) {
    auto text = json::serialize(json::string{key.reveal()});
    return secret{text.substr(1, text.size() - 2)};
}

}  // namespace

std::optional<delivery_report> judge_status(http::response const& answer, instant now) {
    int const status = answer.status;
    if (status == 429) return limited(answer, now);
    if (status < 200 || status == 408 || status >= 500)
        return failed_by(codes::sink_upstream, status, "it cannot serve the request now");
    if (status >= 300 && status < 400) {
        return failed_by(codes::sink_redirect, status,
                         "it redirects, and a key is not taken to another address");
    }
    if (status == 401 || status == 403)
        return failed_by(codes::sink_bad_credentials, status, "it refuses the key");
    if (status == 410) return failed_by(codes::sink_gone, status, "the service is gone");
    return std::nullopt;
}

delivery_report judge_failure(failure const& error) {
    if (error.code == errc::stopped) return {.outcome = delivery_outcome::stopped};
    bool const strange = error.code == errc::bad_response || error.code == errc::body_too_large ||
                         error.code == errc::header_too_large;
    return {.outcome = delivery_outcome::failed,
            .why = {.code = strange ? codes::sink_upstream : codes::sink_network,
                    .message = error.message()}};
}

delivery_report failed_by(fault_code code, int status, std::string_view what) {
    auto message = "the sink answered " + std::to_string(status) + ": " + std::string{what};
    return {.outcome = delivery_outcome::failed,
            .why = {.code = code, .message = std::move(message), .http_status = status}};
}

delivery_report rejected_by(int status, json::value reasons) {
    auto report = failed_by(codes::sink_rejected, status, "it refuses the activity");
    report.outcome = delivery_outcome::rejected;
    report.errors = std::move(reasons);
    return report;
}

bool is_web_page(http::response const& answer) {
    auto const type = lower(answer.headers.find("Content-Type").value_or(""));
    auto const start = answer.body.find_first_not_of(" \t\r\n");
    return type.find("text/html") != std::string::npos ||
           (start != std::string::npos && answer.body[start] == '<');
}

json::value body_of(http::response const& answer) {
    json::error_code error;
    auto document = json::parse(answer.body, error);
    return error ? json::value{} : document;
}

json::value first_member(json::value const& body, std::initializer_list<std::string_view> names) {
    auto const* object = body.if_object();
    for (auto const name : names) {
        auto const* found = object != nullptr ? object->if_contains(name) : nullptr;
        if (found != nullptr && !found->is_null()) return *found;
    }
    return {};
}

delivery_report without_key(delivery_report report, secret const& key) {
    report.why.message = hide(key, std::move(report.why.message));
    if (report.errors.is_null()) return report;
    auto const text = json::serialize(report.errors);
    auto shown = cut(hide(escaped(key), text), errors_bytes_max);
    if (shown != text) report.errors = std::move(shown);
    return report;
}

}  // namespace conductor::workers
