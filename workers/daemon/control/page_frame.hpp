#pragma once

#include <report/markup.hpp>

#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief What all pages of the daemon share: head, style, and their place for what they show. */
struct page_frame {
    /** @brief What the browser's tab says. */
    workers::report::markup title{};
    /** @brief Stands above the content, after the heading. */
    workers::report::markup lead{};
    /** @brief The content. */
    workers::report::markup main{};
    /** @brief Whether the script is there that keeps it fresh. */
    bool has_script = false;

    /** @brief The whole page. */
    std::string drawn() const;
};

/** @brief How the pages look: the style of the report, and what these pages need beside it. */
std::string page_style();

/** @brief The script that keeps a page fresh. */
std::string_view page_script();

}  // namespace conductor::daemon
