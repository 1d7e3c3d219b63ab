#include <github_fetch/github_fetch.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace conductor::workers {
namespace {

TEST(GitHubFetchDescriptionTest, ExplainsEveryMemberOnce) {
    auto const& description = github_fetch_description();
    EXPECT_EQ(description.name, "github_fetch");
    for (auto const members : {description.inputs, description.outputs}) {
        std::set<std::string_view> names;
        for (auto const& member : members) {
            EXPECT_TRUE(names.insert(member.member).second) << member.member;
            EXPECT_FALSE(member.type.empty()) << member.member;
            EXPECT_FALSE(member.meaning.empty()) << member.member;
        }
        EXPECT_GT(names.size(), 10u);
    }
}

TEST(GitHubFetchDescriptionTest, RequiresTheRepositoryOnly) {
    std::set<std::string_view> required;
    for (auto const& member : github_fetch_description().inputs)
        if (member.required) required.insert(member.member);
    EXPECT_EQ(required, (std::set<std::string_view>{"gh_account", "gh_repo"}));
}

}  // namespace
}  // namespace conductor::workers
