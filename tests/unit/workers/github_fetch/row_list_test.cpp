#include <github_fetch/row_list.hpp>

#include "listed_repository.hpp"

#include <github_fetch/read_rows.hpp>

#include "listed_repository.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using test::second;

row starred(std::int64_t person, int when) {
    return {.at = second(when), .user = account{"p" + std::to_string(person), person, "User"}};
}

std::string text_of(row_list const& list) { return json::serialize(rows_json(list, {})); }

TEST(RowListTest, KeepsEachPersonOnce) {
    row_list list{row_kind::star};
    list.add(starred(1, 10));
    list.add(starred(2, 20));
    list.add(starred(1, 30));
    EXPECT_EQ(list.size(), 2u);
    EXPECT_EQ(list.newest(), second(20));
}

TEST(RowListTest, KeepsEachCopyOnceThoughOnePersonMayOwnTwo) {
    row_list list{row_kind::fork};
    for (std::int64_t const copy : {7, 8, 7}) {
        list.add(
            {.at = second(1), .user = account{"ada", 3, "User"}, .number = copy, .name = "a/b"});
    }
    EXPECT_EQ(list.size(), 2u);
}

TEST(RowListTest, KnowsItsEndsWhateverTheOrder) {
    row_list list{row_kind::star};
    EXPECT_EQ(list.oldest(), std::nullopt);
    list.add(starred(1, 20));
    list.add(starred(2, 30));
    list.add(starred(3, 10));
    EXPECT_EQ(list.oldest(), second(10));
    EXPECT_EQ(list.newest(), second(30));
}

TEST(RowListTest, GivesBackWhatWasAdded) {
    row_list list{row_kind::fork};
    row const one{.at = second(1), .user = account{"ada", 3, "User"}, .number = 8, .name = "a/b"};
    row const two{.at = second(2), .user = account{"", 4, "Bot"}, .number = 9, .name = "c"};
    row const gone{.at = second(3), .number = 10, .name = "d/e"};
    row const plain{.at = second(4), .user = account{"eve", 5, ""}, .number = 11, .name = ""};
    for (auto const& added : {one, two, gone, plain}) list.add(added);
    EXPECT_EQ(list.at(0), one);
    EXPECT_EQ(list.at(1), two);
    EXPECT_EQ(list.at(2), gone);
    EXPECT_EQ(list.at(3), plain);
}

TEST(RowListTest, WritesStars) {
    row_list list{row_kind::star};
    list.add(starred(3, 7));
    list.add({.at = second(7)});
    list.add({.at = second(8), .user = account{"ada", 4, ""}});
    EXPECT_EQ(text_of(list), R"([{"starred_at":"1970-01-01T00:00:07Z",)"
                             R"("user":{"login":"p3","id":3,"type":"User"}},)"
                             R"({"starred_at":"1970-01-01T00:00:07Z","user":null},)"
                             R"({"starred_at":"1970-01-01T00:00:08Z",)"
                             R"("user":{"login":"ada","id":4}}])");
}

TEST(RowListTest, WritesForks) {
    row_list list{row_kind::fork};
    list.add({.at = second(7), .user = account{"ada", 3, "User"}, .number = 9, .name = "ada/c"});
    EXPECT_EQ(text_of(list), R"([{"forked_at":"1970-01-01T00:00:07Z",)"
                             R"("user":{"login":"ada","id":3,"type":"User"},)"
                             R"("repo":{"id":9,"full_name":"ada/c"}}])");
}

TEST(RowListTest, WritesContributors) {
    row_list list{row_kind::contributor};
    list.add({.user = account{"ada", 3, "User"}, .number = 12});
    list.add({.number = 2, .name = "Grace"});
    list.add({.number = 1});
    EXPECT_EQ(text_of(list), R"([{"contributions":12,"user":{"login":"ada","id":3,"type":"User"}},)"
                             R"({"contributions":2,"user":null,"name":"Grace"},)"
                             R"({"contributions":1,"user":null,"name":null}])");
    EXPECT_EQ(list.oldest(), std::nullopt);
}

TEST(RowListTest, WritesWhatCanBeReadAgain) {
    row_list stars{row_kind::star};
    stars.add(starred(1, 10));
    stars.add({.at = second(7)});
    row_list forks{row_kind::fork};
    forks.add({.at = second(7), .user = account{"ada", 3, "User"}, .number = 9, .name = "ada/c"});
    row_list people{row_kind::contributor};
    people.add({.user = account{"ada", 3, "User"}, .number = 12});
    people.add({.number = 2, .name = "Grace"});
    people.add({.number = 1});
    for (auto const* const list : {&stars, &forks, &people}) {
        auto const again = read_output_rows(list->kind(), rows_json(*list, {}));
        ASSERT_TRUE(again.has_value()) << again.error().detail;
        ASSERT_EQ(again->size(), list->size());
        for (std::size_t at = 0; at < list->size(); ++at) EXPECT_EQ((*again)[at], list->at(at));
    }
}

TEST(RowListTest, GivesOutNullsWhenItIsEmpty) {
    EXPECT_EQ(json::serialize(rows_output(row_list{row_kind::star})),
              R"({"stargazers":[],"count":0,"oldest":null,"newest":null})");
    EXPECT_EQ(json::serialize(rows_output(row_list{row_kind::contributor})),
              R"({"contributors":[],"count":0,"oldest":null,"newest":null})");
}

TEST(RowListTest, TakesAnyNumberOfTypes) {
    row_list list{row_kind::star};
    for (int person = 0; person < 2000; ++person)
        list.add({.at = second(1), .user = account{"a", person, "T" + std::to_string(person)}});
    EXPECT_EQ(list.at(5).user->type, "T5");
    EXPECT_EQ(list.at(1999).user->type, "");
}

}  // namespace
}  // namespace conductor::workers::github
