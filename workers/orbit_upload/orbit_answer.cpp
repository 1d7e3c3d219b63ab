#include <orbit_upload/orbit_answer.hpp>

#include <contract/retry_after.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;

delivery_report failed(fault_code code, int status, std::string_view what) {
    auto message = "the sink answered " + std::to_string(status) + ": " + std::string{what};
    return {.outcome = delivery_outcome::failed,
            .why = {.code = code, .message = std::move(message), .http_status = status}};
}

char lower(char letter) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

bool is_web_page(http::response const& answer) {
    std::string type{answer.headers.find("Content-Type").value_or("")};
    std::transform(type.begin(), type.end(), type.begin(), lower);
    auto const start = answer.body.find_first_not_of(" \t\r\n");
    return type.find("text/html") != std::string::npos ||
           (start != std::string::npos && answer.body[start] == '<');
}

json::value parse_or_null(std::string const& body) {
    json::error_code error;
    auto document = json::parse(body, error);
    return error ? json::value{} : document;
}

// `errors` as most answers have it, `error` where there is one text for all, else null.
json::value reasons(json::value const& body) {
    auto const* object = body.if_object();
    for (std::string_view const name : {"errors", "error"}) {
        auto const* found = object != nullptr ? object->if_contains(name) : nullptr;
        if (found != nullptr && !found->is_null()) {
            return *found;
        }
    }
    return {};
}

bool says_duplicate(json::value const& reasons) {
    auto const* by_member = reasons.if_object();
    return by_member != nullptr && by_member->contains("key");
}

delivery_report limited(http::response const& answer, instant now) {
    return {.outcome = delivery_outcome::limited,
            .why = {.code = codes::sink_rate_limited,
                    .message = "the sink answered 429: too many requests",
                    .http_status = answer.status},
            .retry_after = retry_after(answer.headers, now)};
}

delivery_report rejected(int status, json::value reasons) {
    auto report = failed(codes::sink_rejected, status, "it refuses the activity");
    report.outcome = delivery_outcome::rejected;
    report.errors = std::move(reasons);
    return report;
}

delivery_report taken(http::response const& answer, json::value const& body, json::value reasons) {
    if (!reasons.is_null()) {
        return rejected(answer.status, std::move(reasons));
    }
    if (!answer.body.empty() && !body.is_object()) {
        return failed(codes::sink_upstream, answer.status, "the body is no JSON object");
    }
    bool const is_new = answer.status == 201;
    return {.outcome = is_new ? delivery_outcome::created : delivery_outcome::accepted};
}

// Answers whose meaning does not depend on their body; none for the others.
std::optional<delivery_report> read_status(int status) {
    if (status < 200 || status == 408 || status >= 500) {
        return failed(codes::sink_upstream, status, "it cannot serve the request now");
    }
    if (status >= 300 && status < 400) {
        return failed(codes::sink_redirect, status,
                      "it redirects, and a key is not taken to another address");
    }
    if (status == 401 || status == 403) {
        return failed(codes::sink_bad_credentials, status, "it refuses the key");
    }
    if (status == 410) {
        return failed(codes::sink_gone, status, "the service is gone");
    }
    return std::nullopt;
}

}  // namespace

delivery_report read_orbit_answer(http::response const& answer, instant now) {
    if (answer.status == 429) {
        return limited(answer, now);
    }
    if (auto report = read_status(answer.status)) {
        return *std::move(report);
    }
    if (is_web_page(answer)) {
        return failed(codes::sink_gone, answer.status, "a web page, so this is not the API");
    }
    auto const body = parse_or_null(answer.body);
    auto why = reasons(body);
    if (says_duplicate(why)) {
        return {.outcome = delivery_outcome::duplicate};
    }
    if (answer.status == 404) {
        return failed(codes::sink_not_found, answer.status, "it has no such workspace");
    }
    return answer.status < 300 ? taken(answer, body, std::move(why))
                               : rejected(answer.status, std::move(why));
}

delivery_report read_orbit_failure(failure const& error) {
    bool const strange = error.code == errc::bad_response || error.code == errc::body_too_large ||
                         error.code == errc::header_too_large;
    return {.outcome = delivery_outcome::failed,
            .why = {.code = strange ? codes::sink_upstream : codes::sink_network,
                    .message = error.message()}};
}

}  // namespace conductor::workers
