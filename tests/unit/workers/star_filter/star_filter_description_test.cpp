#include <star_filter/activity_selection.hpp>
#include <star_filter/star_filter.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace conductor::workers {
namespace {

TEST(StarFilterDescriptionTest, NamesExactlyTheMembersOfTheOutput) {
    std::set<std::string> described;
    for (auto const& member : star_filter_description().outputs) described.emplace(member.member);
    std::set<std::string> given;
    for (auto const& member : activity_selection{{}}.take_output()) given.emplace(member.key());

    EXPECT_EQ(described, given);
}

TEST(StarFilterDescriptionTest, RequiresWhatNoDefaultCanReplace) {
    std::set<std::string_view> required;
    for (auto const& member : star_filter_description().inputs)
        if (member.required) required.insert(member.member);

    EXPECT_EQ(required, (std::set<std::string_view>{"stars", "activity_name"}));
}

}  // namespace
}  // namespace conductor::workers
