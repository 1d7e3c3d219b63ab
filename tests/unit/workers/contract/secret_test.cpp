#include <contract/secret.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <new>
#include <ostream>
#include <string_view>
#include <type_traits>
#include <utility>

namespace conductor::workers {
namespace {

template <class T>
concept printable = requires(std::ostream& out, T const& value) { out << value; };
template <class T>
concept comparable = requires(T const& a, T const& b) { a == b; };

TEST(SecretTest, CanNeitherBePrintedNorCompared) {
    EXPECT_FALSE(printable<secret>);
    EXPECT_FALSE(comparable<secret>);
    EXPECT_FALSE((std::is_convertible_v<secret, std::string>));
}

TEST(SecretTest, RevealsItsText) {
    EXPECT_EQ(secret{"k3y"}.reveal(), "k3y");
    EXPECT_TRUE(secret{}.empty());
}

// Short texts live inside the object, so what is left there can be looked at. The whole text is
// looked for, since an address beside it may hold any byte.
bool holds_the_key(std::byte const* place) {
    std::string_view const bytes{reinterpret_cast<char const*>(place), sizeof(secret)};
    return bytes.find("3y-k3") != std::string_view::npos;
}

TEST(SecretTest, OverwritesItsTextWhenDestroyed) {
    alignas(secret) std::byte place[sizeof(secret)]{};
    auto* const made = new (place) secret{"k3y-k3y"};
    EXPECT_TRUE(holds_the_key(place));
    std::destroy_at(made);
    EXPECT_FALSE(holds_the_key(place));
}

TEST(SecretTest, LeavesNothingBehindWhenMoved) {
    alignas(secret) std::byte place[sizeof(secret)]{};
    auto* const from = new (place) secret{"k3y-k3y"};
    secret const to{std::move(*from)};
    EXPECT_FALSE(holds_the_key(place));
    EXPECT_EQ(to.reveal(), "k3y-k3y");
    std::destroy_at(from);
}

TEST(SecretTest, AssignsByValue) {
    secret first{"one"};
    secret const second{"two"};
    first = second;
    EXPECT_EQ(first.reveal(), "two");
    EXPECT_EQ(second.reveal(), "two");
}

TEST(SecretTest, IsHiddenInTextsThatRepeatIt) {
    EXPECT_EQ(hide(secret{"k3y"}, "k3y is not k3y2"), "*** is not ***2");
    EXPECT_EQ(hide(secret{"*"}, "a*b"), "a***b");
    EXPECT_EQ(hide(secret{}, "nothing to hide"), "nothing to hide");
}

}  // namespace
}  // namespace conductor::workers
