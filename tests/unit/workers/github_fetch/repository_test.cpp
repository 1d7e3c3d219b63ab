#include <github_fetch/repository.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

repository const conductor_repository{70207, "netflix/conductor", 4400, 900};

TEST(RepositoryTest, IsReadAndWritten) {
    auto const read = read_repository(json::parse(
        R"({"id": 70207, "full_name": "netflix/conductor", "stargazers_count": 4400,
            "forks_count": 900, "owner": {"login": "netflix"}})"));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, conductor_repository);
    EXPECT_EQ(*read_repository(to_json(*read)), *read);
}

class BadRepositoryTest : public testing::TestWithParam<std::pair<char const*, char const*>> {};

TEST_P(BadRepositoryTest, IsNamedByItsPointer) {
    auto const read = read_repository(json::parse(GetParam().first));
    ASSERT_TRUE(read.has_error());
    EXPECT_EQ(read.error().code, errc::bad_response);
    EXPECT_TRUE(read.error().detail.starts_with(GetParam().second)) << read.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, BadRepositoryTest,
    testing::Values(
        std::pair{"[]", "expected an object"}, std::pair{"{}", "/id:"},
        std::pair{R"({"id": "1"})", "/id:"}, std::pair{R"({"id": 1e99})", "/id:"},
        std::pair{R"({"id": 1})", "/full_name:"},
        std::pair{R"({"id": 1, "full_name": 2})", "/full"},
        std::pair{R"({"id": 1, "full_name": "a/b"})", "/stargazers_count:"},
        std::pair{R"({"id": 1, "full_name": "a/b", "stargazers_count": -1})", "/stargazers_count:"},
        std::pair{R"({"id": 1, "full_name": "a/b", "stargazers_count": 1})", "/forks_count:"}));

TEST(RepositoryTest, TellsThatItWasRenamed) {
    EXPECT_EQ(json::serialize(repo_output(conductor_repository, "Netflix/Conductor")),
              R"({"id":70207,"full_name":"netflix/conductor"})");
    EXPECT_EQ(json::serialize(repo_output(conductor_repository, "netflix/old")),
              R"({"id":70207,"full_name":"netflix/conductor","renamed_from":"netflix/old"})");
}

}  // namespace
}  // namespace conductor::workers::github
