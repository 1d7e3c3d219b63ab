#include "config_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

std::vector<std::string> faults_of(config_case const& around, std::string const& secret) {
    return around.faults("workers: { star_filter: }\nsecrets:\n  one: " + secret + "\n");
}

TEST(SecretsPartTest, KeepsHowToReadASecret) {
    auto const parsed =
        config_case{}.parse("workers: { star_filter: }\nsecrets: { github: env:GITHUB_TOKEN }\n");
    ASSERT_TRUE(parsed.faults.empty());
    auto const& secret = parsed.values.secrets.at("github");
    EXPECT_EQ(secret.reference, "env:GITHUB_TOKEN");
    EXPECT_EQ(secret.read()->reveal(), "ghp_abc");
    EXPECT_EQ(effective(parsed, "secrets.github"), "set, from env:GITHUB_TOKEN (w.yaml:2)");
}

TEST(SecretsPartTest, ALiteralIsRefusedAndNotRepeated) {
    EXPECT_EQ(faults_of({}, "ghp_literal"),
              std::vector<std::string>{"w.yaml:3:8: secrets.one: a secret does not stand in this "
                                       "file; write env:NAME, file:PATH or credential:NAME"});
}

TEST(SecretsPartTest, ASecretThatIsNotThereIsAFault) {
    EXPECT_EQ(faults_of({}, "env:MISSING"),
              std::vector<std::string>{"w.yaml:3:8: secrets.one: env:MISSING is not there"});
}

TEST(SecretsPartTest, ASecretThatCannotBeSentIsAFault) {
    config_case around;
    around.secrets["env:BLANK"] = "a b";
    EXPECT_EQ(faults_of(around, "env:BLANK"),
              std::vector<std::string>{
                  "w.yaml:3:8: secrets.one: env:BLANK holds a blank or control character"});
    around.secrets["env:BLANK"] = "";
    EXPECT_EQ(faults_of(around, "env:BLANK"),
              std::vector<std::string>{"w.yaml:3:8: secrets.one: env:BLANK is empty"});
}

TEST(SecretsPartTest, ASecretWithoutAValueIsAFault) {
    EXPECT_EQ(faults_of({}, ""),
              std::vector<std::string>{
                  "w.yaml:3:3: secrets.one: has no value; give it one or remove the line"});
}

TEST(SecretsPartTest, WhoNamesAMissingSecretIsNotBlamedAsWell) {
    auto const faults = config_case{}.faults(
        "secrets: { one: env:MISSING }\n"
        "workers: { github_fetch: { secrets: [one], default_secret: one } }\n");
    EXPECT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
}

}  // namespace
}  // namespace conductor::test
