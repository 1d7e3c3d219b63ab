#include <report/github_link.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

std::string link(std::string name, bool on_github = true) {
    return person_link({std::move(name), on_github}).str();
}

TEST(GithubLinkTest, ALoginLeadsToItsPage) {
    EXPECT_EQ(link("ann-b_c"), R"(<a href="https://github.com/ann-b_c"><bdi>ann-b_c</bdi></a>)");
    EXPECT_EQ(link("renovate[bot]"),
              R"(<a href="https://github.com/apps/renovate"><bdi>renovate[bot]</bdi></a>)");
}

TEST(GithubLinkTest, WhatIsNoLoginAtGithubIsText) {
    EXPECT_EQ(link("ann", false), "<bdi>ann</bdi>");
    EXPECT_EQ(link("account 7", false), "<bdi>account 7</bdi>");
    EXPECT_EQ(link("[bot]"), "<bdi>[bot]</bdi>");
    EXPECT_EQ(link("a/b"), "<bdi>a/b</bdi>");
    EXPECT_EQ(link(std::string(101, 'x')).find("href"), std::string::npos);
    EXPECT_NE(link("").find("unknown"), std::string::npos);
}

TEST(GithubLinkTest, ARepositoryLeadsToItsPage) {
    EXPECT_EQ(repository_link("a-b/c_d.e").str(),
              R"(<a href="https://github.com/a-b/c_d.e"><bdi>a-b/c_d.e</bdi></a>)");
    for (std::string_view const name : {"a", "a/", "/a", "a/b/c", "a/..", "../b", "repository 7"})
        EXPECT_EQ(repository_link(name).str().find("href"), std::string::npos) << name;
}

TEST(GithubLinkTest, ARepositoryMayBeBrokenAfterItsOwner) {
    EXPECT_EQ(repository_name("a/b").str(), "<bdi>a/<wbr>b</bdi>");
    EXPECT_EQ(repository_name("<b>").str(), "<bdi>&lt;b&gt;</bdi>");
}

TEST(GithubLinkTest, NoHostileNameBecomesALink) {
    for (auto const name : test::hostile_names) {
        EXPECT_EQ(link(std::string{name}).find("href"), std::string::npos) << name;
        EXPECT_EQ(repository_link(name).str().find("href"), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace conductor::workers::report
