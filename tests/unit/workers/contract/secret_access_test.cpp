#include <contract/secret_access.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

result<secret> read_github() { return secret{"gh-k3y"}; }
result<secret> read_orbit() { return secret{"orbit-k3y"}; }
result<secret> read_nothing() { return failure{errc::bad_value, "is not set"}; }

secret_access github_only() {
    auto source = std::make_shared<secret_source>();
    source->add("github", read_github);
    source->add("orbit", read_orbit);
    source->add("broken", read_nothing);
    return {.source = source, .allowed = {"github", "broken"}, .default_secret = "github"};
}

TEST(SecretAccessTest, TakesALiteral) {
    auto const got = github_only().resolve("ghp_literal");
    ASSERT_TRUE(got.has_value() && *got);
    EXPECT_EQ((*got)->value.reveal(), "ghp_literal");
    EXPECT_TRUE((*got)->is_literal());
}

TEST(SecretAccessTest, ResolvesAListedName) {
    auto const got = github_only().resolve("secret:github");
    ASSERT_TRUE(got.has_value() && *got);
    EXPECT_EQ((*got)->value.reveal(), "gh-k3y");
    EXPECT_EQ((*got)->name, "github");
    EXPECT_FALSE((*got)->is_literal());
}

TEST(SecretAccessTest, TakesTheDefaultForAnEmptyInput) {
    auto const got = github_only().resolve("");
    ASSERT_TRUE(got.has_value() && *got);
    EXPECT_EQ((*got)->value.reveal(), "gh-k3y");
}

TEST(SecretAccessTest, HasNoSecretWithoutADefault) {
    auto const got = secret_access{}.resolve("");
    ASSERT_TRUE(got.has_value());
    EXPECT_FALSE(got->has_value());
}

TEST(SecretAccessTest, RefusesANameThatIsConfiguredButNotListed) {
    auto const got = github_only().resolve("secret:orbit");
    ASSERT_TRUE(got.has_error());
    EXPECT_EQ(got.error().code, errc::bad_value);
}

TEST(SecretAccessTest, HoldsADefaultToTheSameRule) {
    auto access = github_only();
    access.default_secret = "orbit";
    EXPECT_TRUE(access.resolve("").has_error());
}

TEST(SecretAccessTest, RefusesEveryNameWithoutASource) {
    secret_access const access{.allowed = {"github"}};
    EXPECT_TRUE(access.resolve("secret:github").has_error());
}

TEST(SecretAccessTest, TellsWhyASecretCannotBeRead) {
    EXPECT_EQ(github_only().resolve("secret:broken").error().detail, "secret broken: is not set");
}

TEST(SecretAccessTest, RefusesFormsOfTheConfiguration) {
    for (std::string_view const input :
         {"env:GITHUB_TOKEN", "file:/etc/shadow", "credential:conductor_secret"}) {
        auto const got = github_only().resolve(input);
        ASSERT_TRUE(got.has_error()) << input;
        EXPECT_EQ(got.error().detail.find("shadow"), std::string::npos);
    }
}

TEST(SecretAccessTest, NeverRepeatsTheInput) {
    for (std::string_view const input :
         {"secret:ghp_pasted", "ghp_pasted with blank", "ghp_pasted\n", "env:ghp_pasted"}) {
        auto const got = github_only().resolve(input);
        ASSERT_TRUE(got.has_error()) << input;
        EXPECT_EQ(got.error().message().find("ghp_pasted"), std::string::npos);
    }
}

}  // namespace
}  // namespace conductor::workers
