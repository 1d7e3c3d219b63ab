#include <orbit_upload/activity_members.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>

namespace conductor::workers {

void PrintTo(activity_person const& one, std::ostream* out) {
    *out << one.source << " " << one.uid.value_or("-") << " " << one.login.value_or("-");
}

namespace {

namespace json = boost::json;

std::optional<activity_person> person(std::string_view activity) {
    return person_of(json::parse(activity).as_object());
}

TEST(ActivityMembersTest, ATextThatIsEmptyOrNoneIsNotThere) {
    auto const object = json::parse(R"({"a": "x", "b": "", "c": 1, "d": null})").as_object();

    EXPECT_EQ(member_text(object, "a"), "x");
    for (auto const* name : {"b", "c", "d", "e"})
        EXPECT_EQ(member_text(object, name), std::nullopt) << name;
}

TEST(ActivityMembersTest, ThePersonIsTheIdentity) {
    EXPECT_EQ(person(R"({"identity": {"source": "gitlab", "uid": "7", "username": "ann"},
                         "member": {"github": "other"}})"),
              (activity_person{"gitlab", "7", "ann"}));
}

TEST(ActivityMembersTest, AUidMayBeANumber) {
    EXPECT_EQ(person(R"({"identity": {"source": "github", "uid": 7}})"),
              (activity_person{"github", "7", std::nullopt}));
}

TEST(ActivityMembersTest, TheMemberFillsInWhatTheIdentityLacks) {
    EXPECT_EQ(person(R"({"member": {"github": "ann"}})"),
              (activity_person{"github", std::nullopt, "ann"}));
    EXPECT_EQ(
        person(R"({"identity": {"source": "github", "uid": "7"}, "member": {"github": "a"}})"),
        (activity_person{"github", "7", "a"}));
    EXPECT_EQ(
        person(R"({"identity": {"source": "gitlab", "uid": "7"}, "member": {"github": "a"}})"),
        (activity_person{"gitlab", "7", std::nullopt}));
}

TEST(ActivityMembersTest, NobodyIsNoPerson) {
    EXPECT_EQ(person("{}"), std::nullopt);
    EXPECT_EQ(person(R"({"identity": {"source": "github"}, "member": null})"), std::nullopt);
}

}  // namespace
}  // namespace conductor::workers
