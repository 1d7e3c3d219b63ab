#include <orbit_upload/orbit_sink.hpp>

#include <contract/allowed_hosts.hpp>
#include <orbit_upload/orbit_answer.hpp>

#include <boost/json/serialize.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;

constexpr std::size_t errors_bytes_max = 1000;

http::request make_request(std::string url, delivery one) {
    http::request request;
    request.method = "POST";
    request.url = std::move(url);
    request.headers.set("Authorization", "Bearer " + one.key.reveal());
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Accept", "application/json");
    request.body = orbit_body(std::move(one.activity), one.shape);
    request.timeout = one.timeout;
    request.repeatable = true;  // the activity's key makes a second copy a duplicate
    return request;
}

// Cuts between two characters of UTF-8, not inside one.
std::string cut(std::string text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) {
        return text;
    }
    auto end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    text.resize(end);
    return text + "…";
}

// The key as it stands inside a JSON text.
secret escaped(secret const& key) {
    auto text = json::serialize(json::string{key.reveal()});
    return secret{text.substr(1, text.size() - 2)};
}

}  // namespace

orbit_sink::orbit_sink(std::string base, std::shared_ptr<http::client> client,
                       std::shared_ptr<clock> clock)
    : base_(std::move(base)), client_(std::move(client)), clock_(std::move(clock)) {}

awaitable<delivery_report> orbit_sink::deliver(delivery one) {
    auto const key = one.key;
    auto url = orbit_activities_url(base_, one.workspace);
    auto request = make_request(std::move(url), std::move(one));
    auto const answer = co_await client_->send(std::move(request));
    auto const now = std::chrono::floor<instant::duration>(clock_->wall());
    co_return without_key(
        answer ? read_orbit_answer(*answer, now) : read_orbit_failure(answer.error()), key);
}

result<std::string> orbit_base(std::string base) {
    auto const origin = parse_origin(base);
    if (!origin) {
        return origin.error();
    }
    if (base.find_first_of("?#") != std::string::npos) {
        return failure{errc::bad_url, "a base has no query and no fragment"};
    }
    base.erase(base.find_last_not_of('/') + 1);
    return base;
}

std::string orbit_activities_url(std::string_view base, std::string_view workspace) {
    return std::string{base} + "/" + boost::urls::encode(workspace, boost::urls::unreserved_chars) +
           "/activities";
}

delivery_report without_key(delivery_report report, secret const& key) {
    report.why.message = hide(key, std::move(report.why.message));
    if (report.errors.is_null()) {
        return report;
    }
    auto const text = json::serialize(report.errors);
    auto shown = cut(hide(escaped(key), text), errors_bytes_max);
    if (shown != text) {
        report.errors = std::move(shown);
    }
    return report;
}

}  // namespace conductor::workers
