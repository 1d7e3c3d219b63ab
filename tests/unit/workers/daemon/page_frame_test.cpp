#include <daemon/control/page_frame.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::page_frame;
using workers::report::markup;

TEST(PageFrameTest, HoldsTitleLeadAndContent) {
    auto const page =
        page_frame{.title = markup{"T"}, .lead = markup{"L"}, .main = markup{"M"}}.drawn();
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    EXPECT_NE(page.find("<title>T</title>"), std::string::npos);
    EXPECT_NE(page.find("<h1>conductor-workerd</h1>\nL</header>"), std::string::npos);
    EXPECT_NE(page.find("tabindex=\"-1\">\nM</main>"), std::string::npos);
}

TEST(PageFrameTest, NothingInItIsForbiddenByThePagesPolicy) {
    for (bool const has_script : {false, true}) {
        auto const page = page_frame{.has_script = has_script}.drawn();
        EXPECT_EQ(page.find("<style"), std::string::npos);
        EXPECT_EQ(page.find(" style="), std::string::npos);
        EXPECT_EQ(page.find("<script>"), std::string::npos);
        EXPECT_EQ(page.find("src=\"/page.js\"") != std::string::npos, has_script);
        EXPECT_EQ(page.find("http"), std::string::npos);
    }
}

TEST(PageStyleTest, LoadsNothingAndKnowsBothSchemes) {
    auto const style = daemon::page_style();
    EXPECT_EQ(style.find("url("), std::string::npos);
    EXPECT_EQ(style.find("@import"), std::string::npos);
    EXPECT_NE(style.find("prefers-color-scheme: dark"), std::string::npos);
    EXPECT_NE(style.find(":focus-visible"), std::string::npos);
}

TEST(PageScriptTest, MakesNoMarkupOfText) {
    auto const script = daemon::page_script();
    for (auto const* const way : {"innerHTML = ", "outerHTML", "insertAdjacentHTML",
                                  "document.write", "eval(", "Function("})
        EXPECT_EQ(script.find(way), std::string_view::npos) << way;
}

}  // namespace
}  // namespace conductor::test
