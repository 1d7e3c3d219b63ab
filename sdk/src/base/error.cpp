#include <conductor/error.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <utility>

namespace conductor {
namespace {

char const* describe(errc code) {
    switch (code) {
        case errc::stopped: return "stopped";
        case errc::timed_out: return "time limit exceeded";
        case errc::bad_url: return "unusable URL";
        case errc::bad_header: return "unusable header";
        case errc::bad_response: return "malformed answer";
        case errc::connection_closed: return "connection closed before the answer was complete";
        case errc::header_too_large: return "answer header too large";
        case errc::body_too_large: return "answer body too large";
        case errc::too_many_redirects: return "too many redirects";
        case errc::proxy_refused: return "proxy refused the tunnel";
        case errc::bad_value: return "unexpected JSON";
        case errc::unauthorized: return "access refused";
    }
    return "unknown error";
}

std::string_view status_text(int status) {
    static constexpr std::array<std::pair<int, std::string_view>, 22> texts{{
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {451, "Unavailable For Legal Reasons"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    }};
    for (auto const& [value, text] : texts)
        if (value == status) return text;
    return {};
}

bool is_passing_status(int status) {
    return status == 408 || status == 429 || (status >= 500 && status != 501 && status <= 599);
}

// Network errors come from Asio, OpenSSL and the system: everything that is neither ours nor HTTP.
bool is_network(error_code code) {
    if (code.category() == error_category()) {
        return code == errc::timed_out || code == errc::connection_closed ||
               code == errc::proxy_refused;
    }
    return code.failed() && code.category() != http_category();
}

// Boost's error_category has a protected, non-virtual destructor by design: nobody deletes one.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"

class sdk_category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "conductor"; }
    std::string message(int value) const override { return describe(static_cast<errc>(value)); }
};

class status_category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "http"; }
    std::string message(int value) const override {
        auto const text = status_text(value);
        auto message = "HTTP " + std::to_string(value);
        return text.empty() ? message : message.append(" ").append(text);
    }
};

class class_category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "conductor.condition"; }

    std::string message(int value) const override {
        switch (static_cast<condition>(value)) {
            case condition::transient: return "passing error";
            case condition::unauthorized: return "access refused";
            case condition::gone: return "does not exist";
            case condition::unsupported: return "not supported by the server";
            case condition::network: return "network error";
        }
        return "unknown condition";
    }

    bool equivalent(error_code const& code, int value) const noexcept override {
        int const status = code.category() == http_category() ? code.value() : 0;
        switch (static_cast<condition>(value)) {
            case condition::transient:
                return is_network(code) || is_passing_status(status) || code == errc::bad_response;
            case condition::unauthorized:
                return status == 401 || status == 403 || code == errc::unauthorized;
            case condition::gone: return status == 404 || status == 410;
            case condition::unsupported: return status == 404 || status == 405 || status == 501;
            case condition::network: return is_network(code);
        }
        return false;
    }
};

#pragma GCC diagnostic pop

}  // namespace

boost::system::error_category const& error_category() noexcept {
    static sdk_category const instance;
    return instance;
}

boost::system::error_category const& http_category() noexcept {
    static status_category const instance;
    return instance;
}

boost::system::error_category const& condition_category() noexcept {
    static class_category const instance;
    return instance;
}

error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), error_category()};
}

boost::system::error_condition make_error_condition(condition value) noexcept {
    return {static_cast<int>(value), condition_category()};
}

error_code make_http_error(int status) noexcept { return {status, http_category()}; }

std::string failure::message() const {
    return detail.empty() ? code.message() : code.message() + ": " + detail;
}

void throw_exception_from_error(failure const& error, boost::source_location const&) {
    throw boost::system::system_error(error.code, error.detail);
}

}  // namespace conductor
