#include <daemon/definitions/definition.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using strings = std::vector<std::string>;

strings titles(daemon::definition_set const& set) {
    strings out;
    for (auto const& one : set.definitions) out.push_back(one.title());
    return out;
}

TEST(DefinitionTest, ReadsAFolderInTheOrderThatAServerTakes) {
    temporary_folder const folder;
    folder.write("b.json", R"({"name": "wf_b", "version": 3, "tasks": []})");
    folder.write("a.json", R"({"name": "wf_a", "tasks": []})");
    folder.write("taskdefs.json", R"([{"name": "t1"}, {"name": "t2"}])");
    folder.write("schedules/s.json", R"({"name": "daily"})");
    folder.write("examples/input.json", "not even JSON");
    folder.write("readme.md", "not a definition");
    auto const set = daemon::read_definitions(folder.path());
    EXPECT_EQ(set.faults, strings{});
    EXPECT_EQ(titles(set),
              (strings{"task definition t1", "task definition t2", "workflow wf_a version 1",
                       "workflow wf_b version 3", "schedule daily"}));
    EXPECT_FALSE(set.definitions[2].document.contains("version"));
}

TEST(DefinitionTest, ReportsAllFaultsAtOnce) {
    temporary_folder const folder;
    auto const a = folder.write("a.json", "{\n\"name\": }");
    auto const b = folder.write("b.json", R"({"tasks": []})");
    auto const c = folder.write("c.json", R"({"name": "x", "version": "1"})");
    auto const d = folder.write("d.json", "[7]");
    auto const faults = daemon::read_definitions(folder.path()).faults;
    ASSERT_EQ(faults.size(), 4U) << testing::PrintToString(faults);
    EXPECT_TRUE(faults[0].starts_with(a + ":2:9: is not JSON")) << faults[0];
    EXPECT_TRUE(faults[1].starts_with(b + ": /name: missing"));
    EXPECT_TRUE(faults[2].starts_with(c + ": /version: must be a whole number"));
    EXPECT_TRUE(faults[3].starts_with(d + ": a definition must be an object"));
}

TEST(DefinitionTest, AFolderWithoutDefinitionsIsAFault) {
    temporary_folder const folder;
    EXPECT_EQ(daemon::read_definitions(folder.path()).faults,
              strings{folder.path() + ": holds no definitions (*.json)"});
    EXPECT_EQ(daemon::read_definitions(folder.path("missing")).faults.size(), 1U);
}

}  // namespace
}  // namespace conductor::test
