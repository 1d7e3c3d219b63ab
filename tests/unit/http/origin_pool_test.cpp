#include "http/origin_pool.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conductor::http {
namespace {

using namespace std::chrono_literals;

struct fake_connection {
    int id = 0;
};

using pool = origin_pool<fake_connection>;

constexpr time_point start{};

std::unique_ptr<fake_connection> connection(int id) {
    return std::make_unique<fake_connection>(fake_connection{id});
}

int take_idle_id(pool& connections) {
    auto const idle = connections.take_idle();
    return idle.connection ? idle.connection->id : 0;
}

// Stands in line and notes its grant in a list.
struct recording_waiter : pool::waiter {
    recording_waiter(std::vector<std::string>& granted_names, std::string name) {
        on_grant = [&granted_names, name] { granted_names.push_back(name); };
    }
};

TEST(OriginPoolTest, GivesOutNoMoreSlotsThanItsLimit) {
    pool connections(2);
    EXPECT_TRUE(connections.try_take_slot());
    EXPECT_TRUE(connections.try_take_slot());
    EXPECT_FALSE(connections.try_take_slot());
    connections.give_back(nullptr, start);
    EXPECT_TRUE(connections.try_take_slot());
}

TEST(OriginPoolTest, KeepsWhatIsGivenBackWithASlot) {
    pool connections(1);
    ASSERT_TRUE(connections.try_take_slot());
    connections.give_back(connection(7), start + 3s);
    ASSERT_TRUE(connections.try_take_slot());
    auto const idle = connections.take_idle();
    ASSERT_TRUE(idle.connection);
    EXPECT_EQ(idle.connection->id, 7);
    EXPECT_EQ(idle.since, start + 3s);
    EXPECT_EQ(take_idle_id(connections), 0);
}

TEST(OriginPoolTest, PrefersTheConnectionUsedLast) {
    pool connections(2);
    connections.try_take_slot();
    connections.try_take_slot();
    connections.give_back(connection(1), start);
    connections.give_back(connection(2), start + 1s);
    EXPECT_EQ(take_idle_id(connections), 2);
    EXPECT_EQ(take_idle_id(connections), 1);
}

TEST(OriginPoolTest, GrantsInTheOrderOfWaiting) {
    pool connections(1);
    std::vector<std::string> granted;
    recording_waiter first(granted, "first");
    recording_waiter second(granted, "second");
    connections.try_take_slot();
    connections.enqueue(first);
    connections.enqueue(second);

    connections.give_back(connection(1), start);
    EXPECT_TRUE(first.granted);
    EXPECT_FALSE(second.granted);
    ASSERT_TRUE(first.connection);
    EXPECT_EQ(first.connection->id, 1);
    connections.give_back(nullptr, start);
    EXPECT_TRUE(second.granted);
    EXPECT_FALSE(second.connection);
    EXPECT_EQ(granted, (std::vector<std::string>{"first", "second"}));
}

TEST(OriginPoolTest, AGrantedSlotStaysInUse) {
    pool connections(1);
    std::vector<std::string> granted;
    recording_waiter first(granted, "first");
    connections.try_take_slot();
    connections.enqueue(first);
    connections.give_back(nullptr, start);
    EXPECT_FALSE(connections.try_take_slot());
    connections.give_back(nullptr, start);
    EXPECT_TRUE(connections.try_take_slot());
}

TEST(OriginPoolTest, NobodyOvertakesWhoWaits) {
    pool connections(2);
    std::vector<std::string> granted;
    recording_waiter waiting(granted, "waiting");
    connections.try_take_slot();
    connections.enqueue(waiting);
    EXPECT_FALSE(connections.try_take_slot());
}

TEST(OriginPoolTest, WhoWithdrewGetsNothing) {
    pool connections(1);
    std::vector<std::string> granted;
    recording_waiter first(granted, "first");
    recording_waiter second(granted, "second");
    connections.try_take_slot();
    connections.enqueue(first);
    connections.enqueue(second);
    connections.withdraw(first);
    connections.withdraw(first);
    connections.give_back(nullptr, start);
    EXPECT_EQ(granted, (std::vector<std::string>{"second"}));
}

TEST(OriginPoolTest, DropsOnlyWhatRestsTooLong) {
    pool connections(2);
    connections.try_take_slot();
    connections.try_take_slot();
    connections.give_back(connection(1), start);
    connections.give_back(connection(2), start + 2s);
    connections.drop_idle_since(start + 1s);
    EXPECT_EQ(take_idle_id(connections), 2);
    EXPECT_EQ(take_idle_id(connections), 0);
}

TEST(OriginPoolTest, IsUnusedWithoutSlotIdleConnectionAndWaiter) {
    pool connections(1);
    EXPECT_TRUE(connections.is_unused());
    connections.try_take_slot();
    EXPECT_FALSE(connections.is_unused());
    connections.give_back(connection(1), start);
    EXPECT_FALSE(connections.is_unused());
    connections.drop_idle_since(start + 1s);
    EXPECT_TRUE(connections.is_unused());
    std::vector<std::string> granted;
    recording_waiter waiting(granted, "waiting");
    connections.enqueue(waiting);
    EXPECT_FALSE(connections.is_unused());
}

}  // namespace
}  // namespace conductor::http
