#include <star_filter/star_filter_request.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <ostream>
#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;

instant at(std::string_view text) { return *parse_instant(text); }

// The input with what every input needs, changed by `changes`; null takes a member away.
json::object input_with(std::string const& changes) {
    json::object input{{"activity_name", "starred"}, {"gh_account", "Netflix"}, {"gh_repo", "X"}};
    auto const changed = json::parse(changes);
    for (auto const& [name, value] : changed.as_object()) input[name] = value;
    return input;
}

outcome<star_filter_request> read(std::string const& changes) {
    auto const input = input_with(changes);
    return read_star_filter_request(input, at("2024-05-02T12:00:00Z"));
}

struct window_case {
    std::string name;
    std::string input;
    std::string cutoff;
    std::string until;
};

void PrintTo(window_case const& one, std::ostream* out) { *out << one.name; }

class StarWindowTest : public testing::TestWithParam<window_case> {};

TEST_P(StarWindowTest, IsWhatTheInputSays) {
    auto const request = read(GetParam().input);

    ASSERT_TRUE(request.has_value()) << request.error().message;
    EXPECT_EQ(format_instant(request->cutoff), GetParam().cutoff);
    EXPECT_EQ(format_instant(request->until), GetParam().until);
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, StarWindowTest,
    testing::Values(
        window_case{"Clock", "{}", "2024-05-01T12:00:00Z", "2024-05-02T12:00:00Z"},
        window_case{"ScheduledTime", R"({"now": 1714521600000})", "2024-04-30T00:00:00Z",
                    "2024-05-01T00:00:00Z"},
        window_case{"ScheduledTimeAsText", R"({"now": "1714521600000"})", "2024-04-30T00:00:00Z",
                    "2024-05-01T00:00:00Z"},
        window_case{"SchedulersOwnName", R"({"_scheduledTime": 1714521600000})",
                    "2024-04-30T00:00:00Z", "2024-05-01T00:00:00Z"},
        window_case{"EmptyNow", R"({"now": "", "window_hours": 1})", "2024-05-02T11:00:00Z",
                    "2024-05-02T12:00:00Z"},
        window_case{"Hours", R"({"now": "2024-05-01T00:00:00Z", "window_hours": "48"})",
                    "2024-04-29T00:00:00Z", "2024-05-01T00:00:00Z"},
        window_case{"PartOfAnHour", R"({"now": "2024-05-01T00:00:00Z", "window_hours": 0.5})",
                    "2024-04-30T23:30:00Z", "2024-05-01T00:00:00Z"},
        window_case{"NoHoursIsEverything", R"({"now": "2024-05-01T00:00:00Z", "window_hours": 0})",
                    "1970-01-01T00:00:00Z", "2024-05-01T00:00:00Z"},
        window_case{"CutoffWins", R"({"cutoff": "2024-04-02T00:00:00.500Z", "window_hours": 1})",
                    "2024-04-02T00:00:00.500Z", "2024-05-02T12:00:00Z"},
        window_case{"UntilAlone", R"({"until": "2024-04-02T00:00:00Z"})", "2024-04-01T00:00:00Z",
                    "2024-04-02T00:00:00Z"},
        window_case{"NowAndUntil",
                    R"({"now": "2024-04-02T00:00:00Z", "until": "2024-04-01T12:00:00Z"})",
                    "2024-04-01T00:00:00Z", "2024-04-01T12:00:00Z"}),
    [](auto const& one) { return one.param.name; });

TEST(StarFilterRequestTest, NumberOfTheRepositoryMakesTheKey) {
    EXPECT_EQ(read(R"({"repo_id": 75256719})")->repository, "75256719");
    EXPECT_EQ(read(R"({"repo_id": "75256719"})")->repository, "75256719");
}

TEST(StarFilterRequestTest, NameMakesTheKeyInLowerCaseWhereThereIsNoNumber) {
    EXPECT_EQ(read("{}")->repository, "netflix/x");
    EXPECT_EQ(read(R"({"repo_id": null})")->repository, "netflix/x");
}

TEST(StarFilterRequestTest, OneTitleIsForAllKinds) {
    EXPECT_EQ(read("{}")->titles,
              (std::array<std::string, activity_kinds>{"starred", "starred", "starred"}));
}

TEST(StarFilterRequestTest, ATitleThatIsNotGivenSaysWhatWasDone) {
    auto const request = read(R"({"activity_name": {"forks": "forked", "contributors": ""}})");

    EXPECT_EQ(request->titles, (std::array<std::string, activity_kinds>{
                                   "Starred Netflix/X", "forked", "Contributed to Netflix/X"}));
}

TEST(StarFilterRequestTest, LinkLeadsToTheRepository) {
    EXPECT_EQ(read("{}")->link, "https://github.com/Netflix/X");
    EXPECT_EQ(read(R"({"repo_id": 7, "gh_repo": null})")->link, "");
    EXPECT_EQ(read(R"({"full_name": "Netflix/renamed"})")->link,
              "https://github.com/Netflix/renamed");
    EXPECT_EQ(read(R"({"full_name": "Netflix/renamed"})")->repository, "netflix/x");
}

TEST(StarFilterRequestTest, ReadsWhatToLeaveOut) {
    auto const request =
        read(R"({"seen_keys": ["k"], "exclude_logins": ["Ann", "bob"], "exclude_bots": "true"})");

    EXPECT_EQ(request->seen_keys, (std::unordered_set<std::string>{"k"}));
    EXPECT_EQ(request->exclude_logins, (std::unordered_set<std::string>{"ann", "bob"}));
    EXPECT_TRUE(request->exclude_bots);
}

struct complaint_case {
    std::string name;
    std::string input;
    std::string pointer;
};

void PrintTo(complaint_case const& one, std::ostream* out) { *out << one.name; }

class StarFilterBadInputTest : public testing::TestWithParam<complaint_case> {};

TEST_P(StarFilterBadInputTest, NamesTheMember) {
    auto const request = read(GetParam().input);

    ASSERT_TRUE(request.has_error());
    EXPECT_EQ(request.error().code, codes::bad_input);
    EXPECT_EQ(request.error().message.find(GetParam().pointer + ": "), 0U)
        << request.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, StarFilterBadInputTest,
    testing::Values(
        complaint_case{"NoTitle", R"({"activity_name": null})", "/activity_name"},
        complaint_case{"TitleIsNumber", R"({"activity_name": {"forks": 7}})", "/activity_name"},
        complaint_case{"NoAccount", R"({"gh_account": ""})", "/gh_account"},
        complaint_case{"NoRepository", R"({"gh_repo": null})", "/gh_repo"},
        complaint_case{"RepositoryNumberIsWord", R"({"repo_id": "x"})", "/repo_id"},
        complaint_case{"CutoffIsWord", R"({"cutoff": "yesterday"})", "/cutoff"},
        complaint_case{"CutoffAfterUntil",
                       R"({"cutoff": "2024-05-02T00:00:00Z", "until": "2024-05-01T00:00:00Z"})",
                       "/cutoff"},
        complaint_case{"NegativeWindow", R"({"window_hours": -1})", "/window_hours"},
        complaint_case{"WindowIsNoNumber", R"({"window_hours": "nan"})", "/window_hours"},
        complaint_case{"EndlessWindow", R"({"window_hours": 1e300})", "/window_hours"},
        complaint_case{"WindowIsList", R"({"window_hours": []})", "/window_hours"},
        complaint_case{"SeenKeysIsText", R"({"seen_keys": "k"})", "/seen_keys"},
        complaint_case{"SeenKeyIsNumber", R"({"seen_keys": ["k", 7]})", "/seen_keys/1"},
        complaint_case{"LoginIsNull", R"({"exclude_logins": [null]})", "/exclude_logins/0"},
        complaint_case{"BotsIsWord", R"({"exclude_bots": "maybe"})", "/exclude_bots"}),
    [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace conductor::workers
