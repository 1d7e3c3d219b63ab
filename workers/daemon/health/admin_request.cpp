#include <daemon/health/admin_request.hpp>

#include <contract/ascii.hpp>

#include <algorithm>
#include <cctype>

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

int refusal_of_line(std::string_view line) {
    std::string_view value = line;
    std::string const name = workers::lower(take_until(value, ":"));
    if (name.size() == line.size() || !is_token(name)) return 400;
    if (name == "transfer-encoding") return 413;
    return name == "content-length" && workers::trimmed(value) != "0" ? 413 : 0;
}

int refusal_of_lines(std::string_view lines) {
    while (!lines.empty())
        if (int const refusal = refusal_of_line(take_until(lines, line_end)); refusal != 0)
            return refusal;
    return 0;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 400: return "Bad Request";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 413: return "Content Too Large";
        case 431: return "Request Header Fields Too Large";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        default: return "Unknown";
    }
}

}  // namespace

std::size_t admin_head_end(std::string_view received) {
    auto const at = received.find(head_end);
    return at == std::string_view::npos ? 0 : at + head_end.size();
}

admin_request parse_admin_request(std::string_view head) {
    std::string_view lines = head.substr(0, head.size() - line_end.size());
    std::string_view first = take_until(lines, line_end);
    std::string_view const method = take_until(first, " ");
    std::string_view target = take_until(first, " ");
    std::string_view const version = first;
    if (!is_token(method) || !is_target(target) || !version.starts_with("HTTP/")) return {400};
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return {505};
    if (method != "GET" && method != "HEAD") return {405};
    if (int const refusal = refusal_of_lines(lines); refusal != 0) return {refusal};
    return {0, method == "HEAD", std::string{take_until(target, "?")}};
}

std::string to_bytes(admin_answer const& answer, bool head_only) {
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    out += reason_of(answer.status);
    out += "\r\nContent-Type: ";
    out += answer.type;
    out += "\r\nCache-Control: no-store\r\nConnection: close\r\n";
    if (answer.status == 405) out += "Allow: GET, HEAD\r\n";
    out += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n";
    return head_only ? out : out + answer.body;
}

}  // namespace conductor::daemon
