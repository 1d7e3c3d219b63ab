#include <github_fetch/page_links.hpp>

#include <gtest/gtest.h>

#include <string>

namespace conductor::workers::github {
namespace {

page_links links_of(std::string value) { return read_links({{"link", std::move(value)}}); }

TEST(PageLinksTest, ReadsWhatGitHubSends) {
    auto const links =
        links_of(R"(<https://api.github.com/repositories/70207/stargazers?per_page=100&page=2>; )"
                 R"(rel="prev", )"
                 R"(<https://api.github.com/repositories/70207/stargazers?per_page=100&page=4>; )"
                 R"(rel="next", )"
                 R"(<https://api.github.com/repositories/70207/stargazers?per_page=100&page=44>; )"
                 R"(rel="last")");
    EXPECT_EQ(links, (page_links{.next = 4, .last = 44, .repository_id = 70207}));
}

TEST(PageLinksTest, ReadsEveryLawfulSpelling) {
    EXPECT_EQ(links_of("<http://a/?page=7>;REL=Last").last, 7);
    EXPECT_EQ(links_of("<http://a/?page=7&x=1#y> ; title=\"p\" ; rel=\"x next last\"").last, 7);
    EXPECT_EQ(links_of("<http://a/?page=7&x=1#y> ; title=\"p\" ; rel=\"x next last\"").next, 7);
    EXPECT_EQ(links_of("<http://a/?q=a,b;c&page=3>; rel=\"last\"").last, 3);
    EXPECT_EQ(read_links({{"Link", "<http://a/?page=2>; rel=next"},
                          {"LINK", "<http://a/?page=9>; rel=last"}}),
              (page_links{.next = 2, .last = 9}));
}

class BadLinkTest : public testing::TestWithParam<char const*> {};

TEST_P(BadLinkTest, IsAsIfItWereNotThere) { EXPECT_EQ(links_of(GetParam()), page_links{}); }

INSTANTIATE_TEST_SUITE_P(
    Values, BadLinkTest,
    testing::Values("", "<", "<>", "<>;", ">;rel=last", "http://a/?page=2; rel=last",
                    "<http://a/?page=0>; rel=last", "<http://a/?page=-1>; rel=last",
                    "<http://a/?page=1e3>; rel=last", "<http://a/?page=>; rel=last",
                    "<http://a/?page=99999999999999999999>; rel=last",
                    "<http://a/?page=1000000000001>; rel=last", "<http://a/?pages=2>; rel=last",
                    "<http://a/page=2>; rel=last", "<http://a/?x=page=2>; rel=last",
                    "<http://a/?page=2>", "<http://a/?page=2>; rel", "<http://a/?page=2>; rel=\"",
                    "<http://a/?page=2>; rev=last", "<http://a/?page=2; rel=last", "\xff<\xfe>;",
                    "<<<>>>;;;,,,"));

TEST(PageLinksTest, HasNoneWithoutAHeader) { EXPECT_EQ(read_links({}), page_links{}); }

TEST(PageLinksTest, FindsTheRepositoryInAPath) {
    EXPECT_EQ(repository_id_in("https://api.github.com/repositories/12/stargazers?page=3"), 12);
    EXPECT_EQ(repository_id_in("https://api.github.com/repositories/12"), 12);
    EXPECT_EQ(repository_id_in("https://api.github.com/repos/a/b"), std::nullopt);
    EXPECT_EQ(repository_id_in("https://api.github.com/repositories/x"), std::nullopt);
    EXPECT_EQ(repository_id_in("https://a/?x=/repositories/12"), std::nullopt);
    EXPECT_EQ(repository_id_in(""), std::nullopt);
}

}  // namespace
}  // namespace conductor::workers::github
