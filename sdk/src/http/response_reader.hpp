#pragma once

#include <conductor/http/request.hpp>

#include <conductor/error.hpp>

#include "http/inflater.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace conductor::http {

/** @brief How large an answer may be. */
struct response_limits {
    /** @brief Status line and header lines. */
    std::size_t header_bytes_max = 0;
    /** @brief The body, after decoding. */
    std::size_t body_bytes_max = 0;
};

/** @brief Reads one answer from bytes in any portions. */
class response_reader final : private boost::beast::http::basic_parser<false> {
public:
    /** @brief How the answer's end is known. */
    enum class body {
        /** @brief As its header says. */
        as_announced,
        /** @brief There is none whatever the header says (HEAD, CONNECT). */
        none,
    };

    response_reader(response_limits const& limits, body expected);

    /** @brief Takes bytes and says how many; the rest must be offered again, with more behind it.
     *  @par Errors  `errc::header_too_large`, `errc::body_too_large`, `errc::bad_response`. */
    std::size_t put(std::string_view bytes, error_code& error);

    /** @brief The peer closed the connection.
     *  @par Errors  `errc::connection_closed`, unless that ends the answer. */
    void put_end(error_code& error);

    /** @brief Whether the answer is complete. */
    bool is_complete() const { return is_done() && status_ != 0; }
    /** @brief Whether any byte of the answer was read. */
    bool has_begun() const { return got_some(); }
    /** @brief Whether the peer keeps the connection; call it when complete. */
    bool keeps_connection() const { return keep_alive(); }
    /** @brief Whether the answer is an interim one (1xx) that another follows. */
    bool is_interim() const { return status_ / 100 == 1; }
    /** @brief The status, as soon as it is known. */
    int status() const { return status_; }
    /** @brief What was wrong with the answer, for people. */
    std::string const& complaint() const { return complaint_; }

    /** @brief The answer; call it once, when complete. */
    response take();

private:
    using parser = boost::beast::http::basic_parser<false>;
    // Beast's own string_view, which is not the standard one in every version.
    using view = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, view, view, int, error_code&) override;
    void on_response_impl(int status, view reason, int version, error_code& error) override;
    void on_field_impl(boost::beast::http::field name, view name_text, view value,
                       error_code& error) override;
    void on_header_impl(error_code& error) override;
    void on_body_init_impl(boost::optional<std::uint64_t> const& length,
                           error_code& error) override;
    std::size_t on_body_impl(view bytes, error_code& error) override;
    void on_chunk_header_impl(std::uint64_t size, view extensions, error_code& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t left, view bytes, error_code& error) override;
    void on_finish_impl(error_code& error) override;

    error_code append(std::string_view bytes);
    error_code explain(error_code error);
    error_code refuse(std::string_view why);
    void count_header(std::size_t bytes, error_code& error);

    response_limits limits_;
    std::size_t header_bytes_ = 0;
    bool in_trailer_ = false;
    int status_ = 0;
    response response_;
    std::string complaint_;
    std::unique_ptr<inflater> inflater_;
};

}  // namespace conductor::http
