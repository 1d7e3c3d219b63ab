#include <daemon/health/admin_request.hpp>

#include <contract/ascii.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace conductor::daemon {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";

std::string_view take_until(std::string_view& text, std::string_view mark) {
    auto const at = text.find(mark);
    std::string_view const taken = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + mark.size());
    return taken;
}

bool is_target(std::string_view target) {
    auto const is_visible = [](char letter) { return letter > ' ' && letter < '\x7f'; };
    return target.starts_with('/') && std::ranges::all_of(target, is_visible);
}

bool is_token(std::string_view text) {
    auto const is_letter = [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '-' || letter == '_';
    };
    return !text.empty() && std::ranges::all_of(text, is_letter);
}

bool is_value(std::string_view text) {
    auto const is_control = [](unsigned char letter) {
        return (letter < ' ' && letter != '\t') || letter == 0x7f;
    };
    return std::ranges::none_of(text, is_control);
}

int refusal_of_line(std::string_view line, admin_request& into) {
    std::string_view value = line;
    std::string name = workers::lower(take_until(value, ":"));
    if (name.size() == line.size() || !is_token(name) || !is_value(value)) return 400;
    if (name == "transfer-encoding") return 413;
    into.headers.emplace_back(std::move(name), workers::trimmed(value));
    return 0;
}

int refusal_of_lines(std::string_view lines, admin_request& into) {
    while (!lines.empty())
        if (int const refusal = refusal_of_line(take_until(lines, line_end), into); refusal != 0)
            return refusal;
    return 0;
}

// The body's length; zero for none.
int refusal_of_length(admin_request& of, std::optional<std::size_t> body_bytes_max) {
    auto const lines = std::ranges::count(of.headers, "content-length",
                                          [](auto const& line) { return line.first; });
    bool const is_post = of.method == "POST";
    if (lines == 0) return is_post ? 411 : 0;
    if (lines > 1) return 400;
    auto const text = *of.header("content-length");
    auto const* const end = text.data() + text.size();
    auto const [read, error] = std::from_chars(text.data(), end, of.body_bytes);
    if (error == std::errc::result_out_of_range) return 413;
    if (error != std::errc{} || read != end) return 400;
    return of.body_bytes > (is_post ? body_bytes_max.value_or(0) : 0) ? 413 : 0;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 303: return "See Other";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 411: return "Length Required";
        case 413: return "Content Too Large";
        case 421: return "Misdirected Request";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        default: return "Unknown";
    }
}

}  // namespace

std::optional<std::string_view> admin_request::header(std::string_view name) const {
    std::optional<std::string_view> found;
    for (auto const& [key, value] : headers) {
        if (key != name) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

std::size_t admin_head_end(std::string_view received) {
    auto const at = received.find(head_end);
    return at == std::string_view::npos ? 0 : at + head_end.size();
}

admin_request parse_admin_request(std::string_view head,
                                  std::optional<std::size_t> body_bytes_max) {
    std::string_view lines = head.substr(0, head.size() - line_end.size());
    std::string_view first = take_until(lines, line_end);
    std::string_view const method = take_until(first, " ");
    std::string_view target = take_until(first, " ");
    std::string_view const version = first;
    if (!is_token(method) || !is_target(target) || !version.starts_with("HTTP/")) return {400};
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return {505};
    bool const is_post = method == "POST" && body_bytes_max;
    if (method != "GET" && method != "HEAD" && !is_post) return {405};
    admin_request out{0, method == "HEAD", std::string{take_until(target, "?")}};
    if (is_post) out.method = "POST";
    if (int const refusal = refusal_of_lines(lines, out); refusal != 0) return {refusal};
    if (int const refusal = refusal_of_length(out, body_bytes_max); refusal != 0) return {refusal};
    return out;
}

std::string to_bytes(admin_answer const& answer, bool head_only) {
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    out += reason_of(answer.status);
    out += "\r\nContent-Type: ";
    out += answer.type;
    out += "\r\nCache-Control: no-store\r\nConnection: close\r\n";
    if (answer.status == 405) out += "Allow: GET, HEAD\r\n";
    for (auto const& [name, value] : answer.headers)
        out.append(name).append(": ").append(value).append(line_end);
    if (answer.pieces) return out + "\r\n";
    out += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n";
    return head_only ? out : out + answer.body;
}

}  // namespace conductor::daemon
