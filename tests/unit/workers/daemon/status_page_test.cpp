#include "some_status.hpp"

#include <daemon/control/status_page.hpp>

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace conductor::test {
namespace {

using daemon::render_login_page;
using daemon::render_status;
using daemon::render_status_page;

std::size_t count_in(std::string const& text, std::string const& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

bool shows(std::string const& page, std::string const& part) {
    return page.find(part) != std::string::npos;
}

TEST(StatusPageTest, ShowsEveryFact) {
    auto const page = render_status_page(some_status(), std::nullopt);
    for (auto const* const part : {"<title>conductor-workerd: ready</title>",
                                   "host-1",
                                   "http://c/api",
                                   "1 min 15 s",
                                   "star_filter",
                                   "1 of 4",
                                   ">12</td>",
                                   "1,234",
                                   "3 s ago",
                                   ">7<span",
                                   "the oldest is 1 min 1 s",
                                   "domain emea",
                                   "paused",
                                   "0 of 2",
                                   "never",
                                   "on_failure",
                                   "2.0 KiB",
                                   "30 s",
                                   "2026-11-30T11:59:00Z",
                                   "t-1",
                                   "w-1",
                                   "filter_ref",
                                   "BAD_INPUT /stars: missing"})
        EXPECT_TRUE(shows(page, part)) << part;
}

TEST(StatusPageTest, TellsWhatIsWrong) {
    auto facts = some_status();
    facts.state = "not ready";
    facts.reasons = {"the server gives no access token"};
    facts.types[0].poll_error = "timed out";
    facts.types[0].lease_failures = 3;
    facts.server.circuit_open = true;
    facts.outbox.full = true;
    auto const page = render_status_page(facts, std::nullopt);
    for (auto const* const part :
         {"class=\"state bad\"", "<li>the server gives no access token</li>",
          "the last poll failed", ">3 failed</span>", "fail; all polls wait",
          "none: nothing is claimed"})
        EXPECT_TRUE(shows(page, part)) << part;
}

TEST(StatusPageTest, WithoutOutboxAndFailedTasksItSaysSo) {
    auto facts = some_status();
    facts.outbox = {.mode = "off"};
    facts.failed_tasks.clear();
    auto const page = render_status_page(facts, std::nullopt);
    EXPECT_TRUE(shows(page, "There is none: results"));
    EXPECT_TRUE(shows(page, "None has failed."));
}

TEST(StatusPageTest, WithoutAFormKeyNothingCanBeChanged) {
    auto const page = render_status_page(some_status(), std::nullopt);
    EXPECT_FALSE(shows(page, "<form"));
    EXPECT_FALSE(shows(page, "<button"));
}

TEST(StatusPageTest, WithAFormKeyEveryTypeHasItsButton) {
    auto const page = render_status_page(some_status(), "k-e_y");
    EXPECT_TRUE(shows(page, "action=\"/pause\""));
    EXPECT_TRUE(shows(page, ">Pause<span class=\"unseen\"> star_filter</span></button>"));
    EXPECT_TRUE(shows(page, "action=\"/resume\""));
    EXPECT_TRUE(shows(page, ">Resume<span class=\"unseen\"> orbit_upload</span></button>"));
    EXPECT_TRUE(shows(page, "action=\"/logout\""));
    EXPECT_EQ(count_in(page, "<form method=\"post\""), 3U);
    EXPECT_EQ(count_in(page, "name=\"form\" value=\"k-e_y\""), 3U);
}

// The page's markup without its texts. One attribute holds a text from outside: the hidden field
// with the type's name.
std::string tags_of(std::string const& page) {
    static std::regex const tag{"<[^>]*>"};
    static std::regex const field{"name=\"type\" value=\"[^\"]*\""};
    std::string out;
    for (std::sregex_iterator one{page.begin(), page.end(), tag}, end; one != end; ++one)
        out += one->str();
    return std::regex_replace(out, field, "");
}

TEST(StatusPageTest, NoTextBecomesMarkup) {
    auto const harmless = tags_of(render_status_page(status_full_of("star_filter"), "key"));
    for (std::string const text : hostile_texts) {
        auto const page = render_status_page(status_full_of(text), "key");
        for (auto const* const part : {"<script>", "<img", "<iframe"})
            EXPECT_FALSE(shows(page, part)) << text;
        EXPECT_EQ(page.find_first_of("\x1b\x07\r"), std::string::npos) << text;
        EXPECT_EQ(tags_of(page), harmless) << text;
    }
}

TEST(StatusPageTest, EveryTableHasACaptionAndItsHeadsAScope) {
    auto const page = render_status_page(some_status(), "key");
    EXPECT_EQ(count_in(page, "<table"), 2U);
    EXPECT_EQ(count_in(page, "<caption"), 2U);
    EXPECT_EQ(count_in(page, "<th"), count_in(page, " scope=\"") + count_in(page, "<thead"));
    EXPECT_EQ(count_in(page, "aria-live=\"polite\""), 1U);
}

TEST(StatusPageTest, WhatTheScriptRenewsHasAnIdOfItsOwnAndIsInThePage) {
    auto const fresh = render_status(some_status(), "key");
    auto const page = render_status_page(some_status(), "key");
    std::set<std::string> ids;
    std::regex const live{"id=\"([^\"]*)\" data-live"};
    for (std::sregex_iterator one{fresh.begin(), fresh.end(), live}, end; one != end; ++one) {
        EXPECT_TRUE(ids.insert((*one)[1]).second) << (*one)[1];
        EXPECT_EQ(count_in(page, "id=\"" + (*one)[1].str() + "\""), 1U) << (*one)[1];
    }
    EXPECT_EQ(ids.size(), count_in(fresh, "data-live"));
    EXPECT_EQ(ids.size(), count_in(page, "data-live"));
    EXPECT_GT(ids.size(), 30U);
}

TEST(LoginPageTest, AsksForTheTokenAndSaysWhatWasWrong) {
    auto const first = render_login_page("");
    EXPECT_TRUE(shows(first, "<form class=\"login\" method=\"post\" action=\"/login\">"));
    EXPECT_TRUE(shows(first, "<label for=\"token\">"));
    EXPECT_TRUE(shows(first, "type=\"password\""));
    EXPECT_FALSE(shows(first, "role=\"alert\""));
    EXPECT_TRUE(shows(render_login_page("No."), "<p role=\"alert\">No.</p>"));
}

}  // namespace
}  // namespace conductor::test
