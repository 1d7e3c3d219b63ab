#include <github_fetch/event_feed.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

constexpr char seventh_second[] = "1970-01-01T00:00:07Z";

json::object event(char const* type, std::int64_t person, json::object payload) {
    return {{"id", "22249084947"},
            {"type", type},
            {"actor", {{"id", person}, {"login", "p" + std::to_string(person)}}},
            {"repo", {{"id", 77}, {"name", "netflix/conductor"}}},
            {"payload", std::move(payload)},
            {"created_at", seventh_second}};
}

json::object star_event(std::int64_t person) {
    return event("WatchEvent", person, {{"action", "started"}});
}

json::object fork_event(std::int64_t person) {
    return event("ForkEvent", person, {{"forkee", {{"id", 9}, {"full_name", "p/conductor"}}}});
}

TEST(EventFeedTest, TakesTheStars) {
    auto const page = read_events(
        row_kind::star,
        json::array{star_event(3), fork_event(4), event("PushEvent", 5, {}), star_event(6),
                    event("WatchEvent", 7, {{"action", "stopped"}}), event("WatchEvent", 8, {})});
    ASSERT_TRUE(page.has_value()) << page.error().detail;
    ASSERT_EQ(page->rows.size(), 2u);
    EXPECT_EQ(page->rows.front(),
              (row{.at = instant{std::chrono::seconds{7}}, .user = account{"p3", 3, ""}}));
    EXPECT_EQ(page->repository_id, 77);
}

TEST(EventFeedTest, TakesTheForks) {
    auto const page = read_events(row_kind::fork, json::array{star_event(3), fork_event(4)});
    ASSERT_TRUE(page.has_value());
    ASSERT_EQ(page->rows.size(), 1u);
    EXPECT_EQ(page->rows.front(), (row{.at = instant{std::chrono::seconds{7}},
                                       .user = account{"p4", 4, ""},
                                       .number = 9,
                                       .name = "p/conductor"}));
}

TEST(EventFeedTest, KnowsHowFarItReachesBackByEventsOfAnyType) {
    auto old = event("PushEvent", 5, {});
    old["created_at"] = "1970-01-01T00:00:02Z";
    auto const page = read_events(row_kind::star, json::array{star_event(3), old});
    EXPECT_EQ(page->oldest, instant{std::chrono::seconds{2}});
    EXPECT_EQ(read_events(row_kind::star, json::array{})->oldest, std::nullopt);
}

TEST(EventFeedTest, NamesWhatIsMalformed) {
    auto const complaint = [](row_kind kind, json::value body) {
        auto const page = read_events(kind, body);
        return page.has_error() ? page.error().detail : "none";
    };
    auto const without = [](json::object from, char const* member) {
        from.erase(member);
        return json::array{std::move(from)};
    };
    EXPECT_EQ(complaint(row_kind::star, json::object{}), "expected an array");
    EXPECT_EQ(complaint(row_kind::star, json::array{7}), "/0: expected an object");
    EXPECT_EQ(complaint(row_kind::star, without(star_event(1), "created_at")),
              "/0/created_at: expected a text");
    EXPECT_EQ(complaint(row_kind::star, without(star_event(1), "actor")), "/0/actor: missing");
    EXPECT_EQ(complaint(row_kind::fork, without(fork_event(1), "payload")),
              "/0/payload/forkee: expected an object");
    auto nameless = fork_event(1);
    nameless["payload"] = {{"forkee", {{"id", 9}}}};
    EXPECT_EQ(complaint(row_kind::fork, json::array{star_event(2), nameless}),
              "/1/payload/forkee/full_name: expected a text");
    nameless["payload"] = {{"forkee", {{"full_name", "a/b"}}}};
    EXPECT_EQ(complaint(row_kind::fork, json::array{nameless}),
              "/0/payload/forkee/id: expected a whole number");
}

}  // namespace
}  // namespace conductor::workers::github
