// An HTTP answer in two portions, under limits. The first byte says where it is cut, the second
// whether a body is expected.

#include "fuzz.hpp"

#include "http/response_reader.hpp"

#include <optional>
#include <string>

namespace conductor::fuzz {
namespace {

constexpr http::response_limits limits{1024, 4096};

struct outcome {
    error_code error;
    bool is_complete = false;
    std::optional<http::response> answer;
};

// Offers the bytes as a connection does: what was not taken comes again with more behind it, and
// only then.
outcome read(std::string_view bytes, std::size_t first_portion, http::response_reader::body body) {
    http::response_reader reader(limits, body);
    outcome out;
    std::size_t at = 0;
    for (auto const end : {first_portion, bytes.size()}) {
        if (at == end || out.error || reader.is_complete()) continue;
        auto const taken = reader.put(bytes.substr(at, end - at), out.error);
        require(taken <= end - at, "no more is taken than was there");
        at += taken;
    }
    if (!out.error && !reader.is_complete()) reader.put_end(out.error);
    out.is_complete = !out.error && reader.is_complete();
    if (out.is_complete) out.answer = reader.take();
    return out;
}

// Beast counts a folded header by what it has seen of it, so portions decide how near to its limit
// a header may come.
bool is_too_large(outcome const& of) { return of.error == errc::header_too_large; }

}  // namespace

void try_input(std::string_view input) {
    if (input.size() < 2) return;
    auto const bytes = input.substr(2);
    auto const cut = static_cast<std::size_t>(static_cast<unsigned char>(input[0]));
    auto const body = input[1] == 'n' ? http::response_reader::body::none
                                      : http::response_reader::body::as_announced;

    auto const whole = read(bytes, 0, body);
    if (whole.answer) {
        require(whole.answer->status >= 100 && whole.answer->status <= 999, "a status is usable");
        require(whole.answer->body.size() <= limits.body_bytes_max, "a body keeps its limit");
        std::size_t header_bytes = 0;
        for (auto const& line : whole.answer->headers)
            header_bytes += line.name.size() + line.value.size();
        require(header_bytes <= limits.header_bytes_max, "headers keep their limit");
    }
    auto const parts = read(bytes, std::min(cut, bytes.size()), body);
    if (is_too_large(whole) || is_too_large(parts)) return;
    require(whole.answer.has_value() == parts.answer.has_value(), "portions make no answer");
    if (!whole.answer) return;
    require(whole.answer->status == parts.answer->status, "a status does not depend on portions");
    require(whole.answer->body == parts.answer->body, "a body does not depend on portions");
}

}  // namespace conductor::fuzz
