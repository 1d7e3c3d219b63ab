#include <orbit_upload/orbit_body.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::workers {
namespace {

namespace json = boost::json;

json::object activity() {
    return json::parse(R"({"title": "starred", "key": "k", "member": {"github": "ann"},
                           "identity": {"source": "github", "uid": "1"}})")
        .as_object();
}

TEST(OrbitBodyTest, WrappedTakesTheIdentityOutOfTheActivity) {
    EXPECT_EQ(
        json::parse(orbit_body(activity(), body_shape::wrapped)),
        json::parse(R"({"activity": {"title": "starred", "key": "k", "member": {"github": "ann"}},
                        "identity": {"source": "github", "uid": "1"}})"));
}

TEST(OrbitBodyTest, WrappedNeedsNoIdentity) {
    auto anonymous = activity();
    anonymous.erase("identity");

    EXPECT_EQ(
        json::parse(orbit_body(anonymous, body_shape::wrapped)),
        json::parse(
            R"({"activity": {"title": "starred", "key": "k", "member": {"github": "ann"}}})"));
}

TEST(OrbitBodyTest, FlatIsTheActivityItself) {
    EXPECT_EQ(json::parse(orbit_body(activity(), body_shape::flat)), activity());
}

}  // namespace
}  // namespace conductor::workers
