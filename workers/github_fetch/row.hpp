#pragma once

#include <contract/instant.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace conductor::workers::github {

/** @brief What the rows of a list are. */
enum class row_kind {
    /** @brief Who starred, and when. */
    star,
    /** @brief Who forked, when, and the copy. */
    fork,
    /** @brief Who committed, and how often. */
    contributor,
};

/** @brief Who did it. */
struct account {
    /** @brief The name, which its owner may change. */
    std::string login;
    /** @brief The number, which never changes. */
    std::int64_t id = 0;
    /** @brief `User`, `Organization`, `Bot`; empty when GitHub does not say. */
    std::string type;

    friend bool operator==(account const&, account const&) = default;
};

/** @brief One row of a list. */
struct row {
    /** @brief When; contributors have no time. */
    instant at{};
    /** @brief Who; none when the account is gone, and for an anonymous contributor. */
    std::optional<account> user{};
    /** @brief The number of a fork's repository, or how often a contributor committed. */
    std::int64_t number = 0;
    /** @brief The full name of a fork's repository, or the name of an anonymous contributor. */
    std::string name{};

    friend bool operator==(row const&, row const&) = default;
};

}  // namespace conductor::workers::github
