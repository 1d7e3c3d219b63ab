#include <report/style_sheet.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>

namespace conductor::workers::report {
namespace {

// The two schemes: the first block of variables is the light one, the second the dark one.
std::string_view scheme(bool dark) {
    auto const sheet = style_sheet();
    auto const at = sheet.find("@media (prefers-color-scheme: dark)");
    return dark ? sheet.substr(at, sheet.find("\n}", at) - at) : sheet.substr(0, at);
}

// Relative luminance, by WCAG 2.1.
double luminance(std::string const& name, bool dark) {
    auto const sheet = scheme(dark);
    auto const at = sheet.find("--" + name + ": #");
    if (at == std::string_view::npos) throw std::runtime_error("no colour " + name);
    std::string const digits{sheet.substr(at + name.size() + 5, 6)};
    double const weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        double const share = std::stoi(digits.substr(i * 2, 2), nullptr, 16) / 255.0;
        sum += weights[i] *
               (share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double contrast(std::string const& one, std::string const& other, bool dark) {
    double const first = luminance(one, dark);
    double const second = luminance(other, dark);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

class StyleSheetTest : public testing::TestWithParam<bool> {};

TEST_P(StyleSheetTest, TextsCanBeReadOnEveryGround) {
    for (std::string const ground : {"page", "card"})
        for (std::string const text : {"ink", "soft", "link"})
            EXPECT_GE(contrast(text, ground, GetParam()), 4.5) << text << " on " << ground;
    for (std::string const heat : {"h1", "h2", "h3", "h4", "h5"})
        EXPECT_GE(contrast("ink", heat, GetParam()), 4.5) << heat;
}

TEST_P(StyleSheetTest, LinesAndBarsStandOutFromTheirGround) {
    for (std::string const colour : {"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"})
        EXPECT_GE(contrast(colour, "card", GetParam()), 3) << colour;
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, StyleSheetTest, testing::Bool(),
                         [](auto const& scheme) { return scheme.param ? "dark" : "light"; });

TEST(StyleSheetTextTest, LoadsNothingAndEndsNoElement) {
    for (std::string_view const none : {"url(", "@import", "</", "expression("})
        EXPECT_EQ(style_sheet().find(none), std::string_view::npos) << none;
}

}  // namespace
}  // namespace conductor::workers::report
