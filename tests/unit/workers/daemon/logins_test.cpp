#include "support/manual_clock.hpp"

#include <daemon/control/logins.hpp>

#include <gtest/gtest.h>

#include <set>

namespace conductor::test {
namespace {

using attempt = daemon::logins::attempt;

class LoginsTest : public testing::Test {
protected:
    result<workers::secret> read() const {
        if (token.empty()) return failure{errc::bad_value, "the file is gone"};
        return workers::secret{token};
    }

    std::string open() { return who.open().id; }

    std::string token = "the-token-of-the-page";
    int made = 0;
    int wrong = 0;
    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    daemon::logins who{[this] { return read(); }, clock,
                       [this] { return "key-" + std::to_string(++made); }, [this] { ++wrong; }};
};

TEST_F(LoginsTest, KnowsTheTokenAndNothingElse) {
    EXPECT_EQ(who.try_token(token), attempt::right);
    for (auto const* const given : {"", "the-token", "the-token-of-the-pagE"})
        EXPECT_EQ(who.try_token(given), attempt::wrong) << given;
    EXPECT_EQ(wrong, 3);
}

TEST_F(LoginsTest, ATokenThatCannotBeReadIsNobodys) {
    token.clear();
    EXPECT_EQ(who.try_token(""), attempt::wrong);
    token = "two words";
    EXPECT_EQ(who.try_token("two words"), attempt::wrong);
}

TEST_F(LoginsTest, ATokenThatHasBecomeTooShortIsNobodys) {
    token = "fifteen-letters";
    EXPECT_EQ(who.try_token(token), attempt::wrong);
    EXPECT_FALSE(who.is_still(token));
}

TEST_F(LoginsTest, AfterTenWrongOnesNobodyLooksForAMinute) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(who.try_token("guess"), attempt::wrong);
    EXPECT_EQ(who.try_token(token), attempt::not_now);
    clock->advance(std::chrono::seconds{59});
    EXPECT_EQ(who.try_token(token), attempt::not_now);
    clock->advance(std::chrono::seconds{1});
    EXPECT_EQ(who.try_token(token), attempt::right);
    EXPECT_EQ(wrong, 10);
}

TEST_F(LoginsTest, EachLoginHasKeysOfItsOwn) {
    auto const first = who.open();
    auto const second = who.open();
    EXPECT_EQ((std::set{first.id, first.form_key, second.id, second.form_key}).size(), 4U);
    ASSERT_NE(who.find(first.id), nullptr);
    EXPECT_EQ(who.find(first.id)->form_key, first.form_key);
    EXPECT_EQ(who.find(""), nullptr);
    EXPECT_EQ(who.find(first.form_key), nullptr);
}

TEST_F(LoginsTest, ALoginEndsWhenItIsClosedOrOld) {
    auto const closed = open();
    auto const old = open();
    who.close(closed);
    EXPECT_EQ(who.find(closed), nullptr);
    clock->advance(daemon::logins::lifetime - std::chrono::seconds{1});
    EXPECT_NE(who.find(old), nullptr);
    clock->advance(std::chrono::seconds{1});
    EXPECT_EQ(who.find(old), nullptr);
}

TEST_F(LoginsTest, AnotherTokenEndsTheLoginsOfTheOneBefore) {
    auto const before = open();
    token = "another-token-of-the-page";
    EXPECT_EQ(who.find(before), nullptr);
    auto const after = open();
    EXPECT_NE(who.find(after), nullptr);
    token.clear();
    EXPECT_EQ(who.find(after), nullptr);
}

TEST_F(LoginsTest, OneTooManyEndsTheOldest) {
    auto const first = open();
    auto const second = open();
    for (std::size_t i = 2; i <= daemon::logins::logins_max; ++i) open();
    EXPECT_EQ(who.find(first), nullptr);
    EXPECT_NE(who.find(second), nullptr);
}

TEST(UnguessableTextTest, IsLongAndNewEachTime) {
    std::set<std::string> made;
    for (int i = 0; i < 100; ++i) made.insert(daemon::unguessable_text());
    EXPECT_EQ(made.size(), 100U);
    EXPECT_EQ(made.begin()->size(), 43U);
    EXPECT_EQ(made.begin()->find_first_of(";,= \r\n\"<>&"), std::string::npos);
}

TEST(SameSecretTest, ComparesAll) {
    EXPECT_TRUE(daemon::same_secret("abc", "abc"));
    for (auto const* const other : {"abd", "bbc", "ab", "abcd", ""})
        EXPECT_FALSE(daemon::same_secret("abc", other)) << other;
}

}  // namespace
}  // namespace conductor::test
