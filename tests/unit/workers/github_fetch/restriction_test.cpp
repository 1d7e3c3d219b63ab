#include <github_fetch/restriction.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

fault refusal(int status) {
    return {.code = codes::gh_not_found, .message = "HTTP 404: Not Found", .http_status = status};
}

TEST(RestrictionTest, IsSuspectedBehindThreeStatuses) {
    for (int const status : {401, 403, 404}) EXPECT_TRUE(may_be_restricted(refusal(status)));
    for (int const status : {200, 400, 410, 422, 451, 500}) {
        EXPECT_FALSE(may_be_restricted(refusal(status)));
    }
    EXPECT_FALSE(may_be_restricted({codes::gh_network}));
}

TEST(RestrictionTest, IsCertainWhenTheRepositoryCanBeSeen) {
    auto const meaning = explain(refusal(404), github_answer{nullptr}, "netflix/conductor", true);
    auto const* const why = std::get_if<fault>(&meaning);
    ASSERT_NE(why, nullptr);
    EXPECT_EQ(why->code, codes::gh_stargazers_restricted);
    EXPECT_EQ(why->http_status, 404);
    for (auto const* const part : {"netflix/conductor", "public_repo", "contents: write",
                                   "this token", "HTTP 404: Not Found"}) {
        EXPECT_NE(why->message.find(part), std::string::npos) << part;
    }
}

TEST(RestrictionTest, SaysThatNoTokenWasSent) {
    auto const why = restricted(refusal(401), "netflix/conductor", false);
    EXPECT_NE(why.message.find("without a token"), std::string::npos);
}

TEST(RestrictionTest, FitsIntoAReason) {
    std::string const name = std::string(39, 'o') + "/" + std::string(100, 'r');
    EXPECT_LT(restricted(refusal(403), name, false).message.size(), 470u);
}

TEST(RestrictionTest, LeavesTheWordToTheRepositorysAnswer) {
    auto const missing = explain(refusal(404), fault{codes::gh_not_found}, "a/b", true);
    EXPECT_EQ(std::get<fault>(missing).code, codes::gh_not_found);
    auto const limited = explain(refusal(404), rate_limit{}, "a/b", true);
    EXPECT_TRUE(std::holds_alternative<rate_limit>(limited));
}

}  // namespace
}  // namespace conductor::workers::github
