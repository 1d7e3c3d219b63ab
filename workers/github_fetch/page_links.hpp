#pragma once

#include <conductor/http/headers.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace conductor::workers::github {

/** @brief What a `Link` header says of the other pages. Only numbers are taken out of its URLs, so
 *  no answer can lead to another place. */
struct page_links {
    /** @brief `rel="next"`. */
    std::optional<std::int64_t> next{};
    /** @brief `rel="last"`; GitHub leaves it out on the last page itself. */
    std::optional<std::int64_t> last{};
    /** @brief The repository's number, which the URLs hold in place of its name. */
    std::optional<std::int64_t> repository_id{};

    friend bool operator==(page_links const&, page_links const&) = default;
};

/** @brief Reads all `Link` headers; what is malformed in them is as if it were not there.
 *  @par Source  RFC 8288, 3. */
page_links read_links(http::headers const& headers);

/** @brief The number behind `/repositories/` in the path of a URL. */
std::optional<std::int64_t> repository_id_in(std::string_view url);

}  // namespace conductor::workers::github
