#include "fakes/fake_conductor.hpp"
#include "support/run_coroutine.hpp"

#include <daemon/definitions/registry.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

namespace conductor::test {
namespace {

using daemon::definition;
using daemon::definition_kind;

class RegistryTest : public testing::TestWithParam<definition> {
protected:
    fake_conductor server;
    boost::asio::io_context loop;
    daemon::registry registry{std::make_shared<rest_client>(
        loop.get_executor(), client_options{.server_url = server.url()})};
};

TEST_P(RegistryTest, FindsWhatItHasPut) {
    auto wanted = GetParam();
    auto const before = run_coroutine(loop, registry.find(wanted));
    ASSERT_TRUE(before.has_value()) << before.error().message();
    EXPECT_FALSE(before->has_value());
    ASSERT_TRUE(run_coroutine(loop, registry.put(wanted, false)).has_value());
    wanted.document["description"] = "new";
    ASSERT_TRUE(run_coroutine(loop, registry.put(wanted, true)).has_value());
    auto const after = run_coroutine(loop, registry.find(wanted));
    ASSERT_TRUE(after.has_value() && after->has_value());
    EXPECT_EQ((*after)->at("name").as_string(), wanted.name);
    EXPECT_EQ((*after)->at("description"), "new");
}

boost::json::array one_task() {
    return {boost::json::object{{"name", "t"}, {"taskReferenceName", "t"}, {"type", "SIMPLE"}}};
}

INSTANTIATE_TEST_SUITE_P(
    AllKinds, RegistryTest,
    testing::Values(
        definition{definition_kind::task, "t", {}, {{"name", "t"}, {"ownerEmail", "a@b.cd"}}},
        definition{definition_kind::workflow,
                   "w",
                   1,
                   {{"name", "w"}, {"version", 1}, {"tasks", one_task()}}},
        definition{definition_kind::schedule,
                   "s",
                   {},
                   {{"name", "s"}, {"cronExpression", "0 0 0 * * ?"}}}),
    [](auto const& one) { return "Kind" + std::to_string(static_cast<int>(one.param.kind)); });

}  // namespace
}  // namespace conductor::test
