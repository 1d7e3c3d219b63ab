#pragma once

#include <conductor/http/request.hpp>

#include "http/target.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace conductor::http {

/** @brief What a request line and its headers depend on besides the request. */
struct head_options {
    /** @brief The `User-Agent`, unless the request brings its own. */
    std::string_view user_agent{};
    /** @brief Asks for gzip, unless the request brings its own `Accept-Encoding`. */
    bool accept_gzip = true;
    /** @brief Names the whole URL on the request line, as a proxy needs it. */
    bool absolute_form = false;
    /** @brief Value of `Proxy-Authorization`; empty for none. */
    std::string_view proxy_authorization{};
};

/** @brief Why a request's method or headers cannot be sent: characters that would end the line, or
 *  headers that belong to the client. The reason names a header but never repeats a value. */
std::optional<std::string> find_fault(request const& request);

/** @brief Whether text can be a header's value: no control characters but the tab. */
bool is_header_value(std::string_view text) noexcept;

/** @brief Replaces `head` by request line and headers, the empty line included. */
void write_head(std::string& head, request const& request, target const& where,
                head_options const& options);

}  // namespace conductor::http
