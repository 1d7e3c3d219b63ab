#include <orbit_upload/orbit_upload.hpp>
#include <orbit_upload/upload_run.hpp>

#include <support/leaping_clock.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

namespace conductor::workers {
namespace {

TEST(OrbitUploadDescriptionTest, NamesExactlyTheMembersOfTheOutput) {
    std::set<std::string> described;
    for (auto const& member : orbit_upload_description().outputs) described.emplace(member.member);
    task const task{};
    task_context context{
        task, {}, std::nullopt, std::make_shared<conductor::test::leaping_clock>()};
    auto const result = upload_nothing({}, "local", context);
    std::set<std::string> given;
    for (auto const& member : result.output()) given.emplace(member.key());

    EXPECT_EQ(described, given);
}

TEST(OrbitUploadDescriptionTest, RequiresTheWorkspaceOnly) {
    std::set<std::string_view> required;
    for (auto const& member : orbit_upload_description().inputs)
        if (member.required) required.insert(member.member);

    EXPECT_EQ(required, (std::set<std::string_view>{"orbit_workspace"}));
}

}  // namespace
}  // namespace conductor::workers
