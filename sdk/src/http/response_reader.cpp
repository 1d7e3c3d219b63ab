#include "http/response_reader.hpp"

#include "http/ascii.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <utility>

namespace conductor::http {
namespace {

namespace beast_http = boost::beast::http;

// A length that the peer only claims reserves no more memory than this.
constexpr std::size_t reserve_bytes_max = 256 * 1024;

// Encoded bytes that give little or nothing when decoded are bounded too; gzip makes data that
// cannot be compressed a little longer.
constexpr std::uint64_t encoded_bytes_max(std::uint64_t decoded) {
    auto const more = decoded / 512 + 1024;
    return decoded > UINT64_MAX - more ? UINT64_MAX : decoded + more;
}

std::string_view standard(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_gzip(std::string_view coding) {
    return equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip");
}

}  // namespace

response_reader::response_reader(response_limits const& limits, body expected) : limits_(limits) {
    eager(true);
    header_limit(
        static_cast<std::uint32_t>(std::min<std::size_t>(limits.header_bytes_max, UINT32_MAX)));
    body_limit(encoded_bytes_max(limits.body_bytes_max));
    if (expected == body::none) skip(true);
}

std::size_t response_reader::put(std::string_view bytes, error_code& error) {
    auto const taken = parser::put(boost::asio::buffer(bytes), error);
    if (error == beast_http::error::need_more) {
        error = {};
        // What the parser leaves for later is part of a line: a header's, a chunk's or a trailer's.
        if (bytes.size() - taken > limits_.header_bytes_max) error = errc::header_too_large;
    }
    if (error) error = explain(error);
    return taken;
}

void response_reader::put_end(error_code& error) {
    if (!got_some()) {
        error = errc::connection_closed;
        return;
    }
    put_eof(error);
    if (error) error = explain(error);
}

error_code response_reader::explain(error_code error) {
    if (error.category() == conductor::error_category()) return error;
    if (error == beast_http::error::header_limit) return errc::header_too_large;
    if (error == beast_http::error::body_limit) return errc::body_too_large;
    if (error == beast_http::error::partial_message) return errc::connection_closed;
    return refuse(error.message());
}

error_code response_reader::refuse(std::string_view why) {
    complaint_ = why;
    return errc::bad_response;
}

void response_reader::count_header(std::size_t bytes, error_code& error) {
    header_bytes_ += bytes;
    if (header_bytes_ > limits_.header_bytes_max) error = errc::header_too_large;
}

response response_reader::take() {
    if (inflater_) {
        response_.headers.erase("Content-Encoding");
        response_.headers.erase("Content-Length");
    }
    return std::move(response_);
}

void response_reader::on_request_impl(beast_http::verb, view, view, int, error_code&) {}

void response_reader::on_response_impl(int status, view reason, int, error_code& error) {
    status_ = status;
    response_.status = status;
    if (status < 100) error = refuse("unusable status");
    // Nobody asked for another protocol; what follows would not be HTTP.
    if (status == 101) error = refuse("unexpected change of protocol");
    count_header(reason.size() + std::size("HTTP/1.1 200 \r\n"), error);
}

void response_reader::on_field_impl(beast_http::field name, view name_text, view value,
                                    error_code& error) {
    count_header(name_text.size() + value.size() + std::size(": \r\n"), error);
    if (error || in_trailer_) return;
    if (name == beast_http::field::transfer_encoding &&
        !equal_ignoring_case(standard(value), "chunked")) {
        error = refuse("unknown transfer coding");
        return;
    }
    response_.headers.add(std::string(standard(name_text)), std::string(standard(value)));
}

void response_reader::on_header_impl(error_code&) {
    // Trailer lines come after the body; as headers they could overrule what was checked before.
    in_trailer_ = true;
}

void response_reader::on_body_init_impl(boost::optional<std::uint64_t> const& length,
                                        error_code& error) {
    auto const coding = response_.headers.find("Content-Encoding");
    if (coding && is_gzip(*coding)) {
        inflater_ = std::make_unique<inflater>(limits_.body_bytes_max);
        return;
    }
    if (!length) return;
    if (*length > limits_.body_bytes_max) {
        error = errc::body_too_large;
        return;
    }
    response_.body.reserve(std::min<std::size_t>(*length, reserve_bytes_max));
}

error_code response_reader::append(std::string_view bytes) {
    auto& content = response_.body;
    if (inflater_) {
        auto const error = inflater_->put(bytes, content);
        return error == errc::bad_response ? refuse("unreadable gzip") : error;
    }
    if (bytes.size() > limits_.body_bytes_max - content.size()) return errc::body_too_large;
    content.append(bytes);
    return {};
}

std::size_t response_reader::on_body_impl(view bytes, error_code& error) {
    error = append(standard(bytes));
    return bytes.size();
}

void response_reader::on_chunk_header_impl(std::uint64_t, view, error_code&) {}

std::size_t response_reader::on_chunk_body_impl(std::uint64_t, view bytes, error_code& error) {
    error = append(standard(bytes));
    return bytes.size();
}

void response_reader::on_finish_impl(error_code& error) {
    if (inflater_ && !inflater_->is_whole()) error = refuse("incomplete gzip");
}

}  // namespace conductor::http
