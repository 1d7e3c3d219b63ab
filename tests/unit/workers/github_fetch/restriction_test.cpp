#include <github_fetch/restriction.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

fault refusal(int status) {
    return {.code = codes::gh_not_found, .message = "HTTP 404: Not Found", .http_status = status};
}

TEST(RestrictionTest, IsSuspectedBehindThreeStatusesOfAList) {
    fetch_step const list{.where = endpoint::stargazers, .page = 1};
    for (int const status : {401, 403, 404}) EXPECT_TRUE(may_be_restricted(list, refusal(status)));
    for (int const status : {200, 400, 410, 422, 451, 500})
        EXPECT_FALSE(may_be_restricted(list, refusal(status)));
    EXPECT_FALSE(may_be_restricted(list, {codes::gh_network}));
}

TEST(RestrictionTest, IsNotSuspectedWhereTheRepositoryItselfOrItsCountsAreRefused) {
    EXPECT_FALSE(may_be_restricted(fetch_step{}, refusal(404)));
    EXPECT_FALSE(may_be_restricted({.where = endpoint::history, .page = 1}, refusal(404)));
}

TEST(RestrictionTest, SaysWhichTokenWorks) {
    auto const why = restricted(refusal(404), "netflix/conductor", true);
    EXPECT_EQ(why.code, codes::gh_stargazers_restricted);
    EXPECT_EQ(why.http_status, 404);
    for (auto const* const part : {"netflix/conductor", "public_repo", "contents: write",
                                   "this token", "HTTP 404: Not Found"}) {
        EXPECT_NE(why.message.find(part), std::string::npos) << part;
    }
}

TEST(RestrictionTest, SaysThatNoTokenWasSent) {
    auto const why = restricted(refusal(401), "netflix/conductor", false);
    EXPECT_NE(why.message.find("without a token"), std::string::npos);
}

TEST(RestrictionTest, NamesTheInputThatReadsTheFeed) {
    auto const why = with_advice(restricted(refusal(403), "netflix/conductor", false));
    EXPECT_NE(why.message.find("on_restricted: events"), std::string::npos);
}

TEST(RestrictionTest, FitsIntoAReason) {
    std::string const name = std::string(39, 'o') + "/" + std::string(100, 'r');
    EXPECT_LT(with_advice(restricted(refusal(403), name, false)).message.size(), 470u);
}

}  // namespace
}  // namespace conductor::workers::github
