#pragma once

#include "finish_event.hpp"
#include "outbox_row.hpp"
#include "outbox_store.hpp"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace conductor::storage {

/** @brief Asks for a row to be added. */
struct put_request {
    /** @brief The row. */
    outbox_row row;
    /** @brief Its key, once it was carried out. */
    result<outbox_key> outcome{outbox_key{0}};
};

/** @brief Asks for a row to be removed. */
struct remove_request {
    /** @brief Which. */
    outbox_key key = 0;
    /** @brief How it went. */
    result<void> outcome{};
};

/** @brief Asks for a row. */
struct read_request {
    /** @brief Which. */
    outbox_key key = 0;
    /** @brief The row. */
    result<std::optional<outbox_row>> outcome{std::optional<outbox_row>{}};
};

/** @brief What is asked of the thread that waits for the disk. */
struct outbox_request {
    /** @brief What, and how it went. */
    std::variant<put_request, remove_request, read_request> what;
    /** @brief Told once it was carried out. */
    finish_event finished{};
};

/** @brief Requests in the order in which they came. */
using outbox_batch = std::vector<std::shared_ptr<outbox_request>>;

/** @brief Carries requests out, in order. What writes and is not parted by a read is one
 *  transaction; if that fails each request has one of its own, so that none fails for another.
 *  @return How many transactions there were. */
std::size_t carry_out(outbox_store& on, outbox_batch const& batch);

}  // namespace conductor::storage
