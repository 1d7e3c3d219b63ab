#include <orbit_upload/community_activity.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>

namespace conductor::workers {

void PrintTo(activity_repository const& one, std::ostream* out) {
    *out << one.github_id.value_or(0) << " " << one.full_name.value_or("-");
}

namespace {

namespace json = boost::json;
using repository = activity_repository;

instant const read_at = *parse_instant("2026-01-01T00:00:00.750Z");

json::object object(std::string_view text) { return json::parse(text).as_object(); }

std::optional<repository> repository_by(std::string const& key, std::string const& link = {}) {
    return repository_of({{"key", key}, {"link", link}, {"member", {{"github", "Ann"}}}});
}

TEST(CommunityActivityTest, ReadsWhatStarFilterMakes) {
    auto const read = read_community_activity(
        object(R"({"occurred_at": "2024-05-01T12:00:00.500+02:00", "title": "starred",
                   "key": "github:star:7:11", "activity_type_key": "star:created",
                   "link": "https://github.com/Netflix/conductor", "member": {"github": "ann"},
                   "identity": {"source": "github", "uid": "11", "username": "ann"}})"),
        read_at);

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (community_activity{.key = "github:star:7:11",
                                         .type = "star:created",
                                         .title = "starred",
                                         .link = "https://github.com/Netflix/conductor",
                                         .occurred_at = "2024-05-01T10:00:00Z",
                                         .person = activity_person{"github", "11", "ann"},
                                         .repository = repository{7, "Netflix/conductor"}}));
}

TEST(CommunityActivityTest, NeedsNothingButAKey) {
    auto const read =
        read_community_activity(object(R"({"key": "k", "occurred_at": null})"), read_at);

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (community_activity{.key = "k", .occurred_at = "2026-01-01T00:00:00Z"}));
}

TEST(CommunityActivityTest, RefusesATimeThatIsNone) {
    for (auto const* time : {"\"yesterday\"", "\"2024-05-01T10:00:00\"", "17", "\"\""}) {
        auto const read = read_community_activity(
            object(R"({"key": "k", "occurred_at": )" + std::string{time} + "}"), read_at);
        ASSERT_TRUE(read.has_error()) << time;
        EXPECT_EQ(read.error().code, errc::bad_value);
    }
}

TEST(RepositoryOfTest, IsFoundByTheNumberOrNameInTheKey) {
    EXPECT_EQ(repository_by("github:star:7:11"), (repository{7, std::nullopt}));
    EXPECT_EQ(repository_by("github:star:o/r:@ann"), (repository{std::nullopt, "o/r"}));
    EXPECT_EQ(repository_by("github:fork:7:x:y"), (repository{7, std::nullopt}));
}

TEST(RepositoryOfTest, TheLinkGivesTheNameInItsTrueLetters) {
    EXPECT_EQ(repository_by("github:star:7:11", "https://github.com/O/R"), (repository{7, "O/R"}));
    EXPECT_EQ(repository_by("github:star:o/r:11", "https://github.com/O/R/"),
              (repository{std::nullopt, "O/R"}));
    EXPECT_EQ(repository_by("anything", "https://github.com/O/R"),
              (repository{std::nullopt, "O/R"}));
}

TEST(RepositoryOfTest, TheKeyWinsOverALinkToSomethingElse) {
    EXPECT_EQ(repository_by("github:contributor:o/r:11", "https://github.com/ann/copy"),
              (repository{std::nullopt, "o/r"}));
}

TEST(RepositoryOfTest, AForksLinkToTheCopyNamesNothing) {
    EXPECT_EQ(repository_by("github:fork:7:11", "https://github.com/ann/r"),
              (repository{7, std::nullopt}));
    EXPECT_EQ(repository_by("github:fork:7:11", "https://github.com/o/r"), (repository{7, "o/r"}));
}

TEST(RepositoryOfTest, OtherKeysAndLinksNameNone) {
    for (std::string const key : {"", "k", "github:star:7", "github:star::11", "github:star:7:",
                                  "gitlab:star:7:11", "github:star:-7:11", "github:star:a b/c:1"}) {
        EXPECT_EQ(repository_by(key), std::nullopt) << key;
    }
    for (std::string const link :
         {"http://github.com/o/r", "https://github.com/o", "https://github.com/o/r/issues",
          "https://github.com.evil.example/o/r", "https://github.com//r"}) {
        EXPECT_EQ(repository_by("k", link), std::nullopt) << link;
    }
}

}  // namespace
}  // namespace conductor::workers
