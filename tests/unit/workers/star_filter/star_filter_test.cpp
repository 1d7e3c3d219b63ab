#include <star_filter/star_filter.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <variant>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::system_clock;

// Time that stands still.
class stopped_clock final : public clock {
public:
    time_point now() const override { return {}; }
    system_clock::time_point wall() const override {
        return system_clock::time_point{std::chrono::sys_days{std::chrono::year{2024} / 5 / 2}};
    }
    std::unique_ptr<timer> make_timer(boost::asio::any_io_executor) override {
        throw std::logic_error{"a filter waits for nothing"};
    }
};

task_result filter(std::string const& input) {
    environment environment;
    environment.clock = std::make_shared<stopped_clock>();
    auto const worker = make_star_filter(environment);
    task const task{json::object{{"inputData", json::parse(input)}}};
    task_context context{task, {}, std::nullopt, environment.clock};
    return std::get<blocking_handler>(worker.run)(task, context);
}

constexpr auto whole_input = R"({
    "activity_name": "starred", "gh_account": "netflix", "gh_repo": "conductor",
    "exclude_logins": ["nobody"],
    "stars": [{"starred_at": "2024-05-01T10:00:00Z", "user": {"login": "ann", "id": 1}},
              {"starred_at": "2024-04-01T10:00:00Z", "user": {"login": "bob", "id": 2}}]})";

TEST(StarFilterTest, ServesItsTaskType) { EXPECT_EQ(make_star_filter({}).type, "star_filter"); }

TEST(StarFilterTest, KeepsTheStarsOfTheDayBeforeTheClock) {
    auto const result = filter(whole_input);

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output().at("count"), 1);
    EXPECT_EQ(result.output().at("activities").at(0).at("key"), "github:star:netflix/conductor:1");
    EXPECT_EQ(result.output().at("dropped").at("old"), 1);
}

TEST(StarFilterTest, ADayWithoutStarsCompletes) {
    auto const result = filter(R"({"activity_name": "s", "repo_id": 7, "stars": []})");

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output().at("count"), 0);
}

TEST(StarFilterTest, BadInputEndsTheTaskForGood) {
    auto const result = filter(R"({"stars": [], "repo_id": 7})");

    EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(result.reason().find("BAD_INPUT: /activity_name: "), 0U) << result.reason();
    EXPECT_EQ(result.output().at("error").at("code"), "BAD_INPUT");
}

TEST(StarFilterTest, StarsAreRequired) {
    for (std::string const stars : {"", R"(, "stars": null)"}) {
        auto const result = filter(R"({"activity_name": "s", "repo_id": 7)" + stars + "}");
        EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
        EXPECT_EQ(result.reason(), "BAD_INPUT: /stars: is required");
    }
}

TEST(StarFilterTest, TakesForksAndContributorsWithoutStars) {
    auto const result = filter(R"({"activity_name": "s", "repo_id": 7,
        "forks": [{"forked_at": "2024-05-01T10:00:00Z", "user": {"login": "ann", "id": 1}}],
        "contributors": {"contributors": [{"contributions": 3, "user": {"login": "bob", "id": 2}}]}
    })");

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output().at("count"), 2);
}

TEST(StarFilterTest, ALoopWithoutRowsIsNamed) {
    auto const result =
        filter(R"({"activity_name": "s", "repo_id": 7, "stars": {"1": {"page": {"result": 3}}}})");

    EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(result.reason().find("BAD_INPUT: /stars/1: "), 0U) << result.reason();
}

}  // namespace
}  // namespace conductor::workers
