#include <orbit_upload/line_store.hpp>

#include <support/file_size_limit.hpp>
#include <support/forked_process.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <filesystem>
#include <fstream>
#include <set>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using conductor::test::file_size_limit;
using conductor::test::forked_process;
using conductor::test::temporary_folder;
using flags = std::vector<bool>;
using strings = std::vector<std::string>;

std::vector<json::object> activities(strings const& keys) {
    std::vector<json::object> made;
    for (auto const& key : keys) made.push_back({{"key", key}, {"title", "t"}});
    return made;
}

struct LineStoreTest : testing::Test {
    temporary_folder folder;
    std::string path = folder.path("stars.ndjson");
    line_store store{path};

    flags add(strings const& keys, std::string_view workspace = "oss") {
        auto const added = store.add(workspace, activities(keys));
        EXPECT_TRUE(added && *added);
        return added && *added ? **added : flags{};
    }

    strings keys() const {
        std::ifstream file{path};
        strings found;
        for (std::string line; std::getline(file, line);)
            found.emplace_back(json::parse(line).at("key").as_string());
        return found;
    }

    void write(std::string const& text, std::ios::openmode mode) const {
        std::ofstream{path, std::ios::binary | mode} << text;
    }
};

TEST_F(LineStoreTest, WritesEachActivityOnce) {
    EXPECT_EQ(add({"a", "b", "a"}), (flags{true, true, false}));
    EXPECT_EQ(add({"b", "c"}), (flags{false, true}));
    EXPECT_EQ(keys(), (strings{"a", "b", "c"}));
}

TEST_F(LineStoreTest, TheSameKeyInAnotherWorkspaceIsAnother) {
    add({"a"});

    EXPECT_EQ(add({"a"}, "other"), flags{true});
}

TEST_F(LineStoreTest, KnowsWhatEarlierRunsHaveWritten) {
    add({"a"});
    line_store later{path};

    EXPECT_EQ(**later.add("oss", activities({"a", "b"})), (flags{false, true}));
}

TEST_F(LineStoreTest, KnowsWhatOthersHaveAdded) {
    add({"a"});
    line_store other{path};
    ASSERT_TRUE(other.add("oss", activities({"b"})));

    EXPECT_EQ(add({"b", "c"}), (flags{false, true}));
    EXPECT_EQ(**other.add("oss", activities({"c"})), flags{false});
}

TEST_F(LineStoreTest, AFileThatWasMovedAwayIsBegunAnew) {
    add({"a"});
    std::filesystem::rename(path, folder.path("old.ndjson"));

    EXPECT_EQ(add({"a"}), flags{true});
    EXPECT_EQ(keys(), strings{"a"});
}

TEST_F(LineStoreTest, AFileThatWasReplacedIsReadAnew) {
    add({"a"});
    std::filesystem::rename(path, folder.path("old.ndjson"));
    write(stored_line("oss", {{"key", "b"}, {"title", "longer than before"}}), std::ios::trunc);

    EXPECT_EQ(add({"a", "b"}), (flags{true, false}));
}

TEST_F(LineStoreTest, AFileThatWasMadeShorterIsReadAnew) {
    add({"a", "b"});
    write(stored_line("oss", {{"key", "b"}}), std::ios::trunc);

    EXPECT_EQ(add({"a", "b"}), (flags{true, false}));
}

TEST_F(LineStoreTest, ALineThatACrashCutShortIsWrittenAnew) {
    add({"a"});
    write(R"({"workspace":"oss","key":"b","ti)", std::ios::app);

    EXPECT_EQ(add({"b"}), flags{true});
    EXPECT_EQ(keys(), (strings{"a", "b"}));
}

TEST_F(LineStoreTest, AWholeLineWithoutItsEndCounts) {
    write(R"({"workspace":"oss","key":"a"})", std::ios::trunc);

    EXPECT_EQ(add({"a", "b"}), (flags{false, true}));
    EXPECT_EQ(keys(), (strings{"a", "b"}));
}

TEST_F(LineStoreTest, AFullDiskWritesNothingAndLosesNothing) {
    add({"a"});
    auto const size = std::filesystem::file_size(path);
    auto const add_to_full_disk = [&] {
        file_size_limit const full{size + 70};
        return store.add("oss", activities({"b", "c"}));
    };

    auto const failed = add_to_full_disk();

    ASSERT_TRUE(failed.has_error());
    EXPECT_NE(failed.error().message().find(path), std::string::npos);
    EXPECT_EQ(std::filesystem::file_size(path), size);
    EXPECT_EQ(add({"a", "b", "c"}), (flags{false, true, true}));
    EXPECT_EQ(keys(), (strings{"a", "b", "c"}));
}

TEST_F(LineStoreTest, WaitsForNobody) {
    auto const held = locked_file::open(path);
    ASSERT_TRUE(held && *held);

    auto const added = store.add("oss", activities({"a"}));

    ASSERT_TRUE(added);
    EXPECT_FALSE(*added);
}

// Adds batches of ten, the keys from `first` up, however often the other one holds the file.
bool add_hundred(std::string const& path, int first) {
    line_store store{path};
    for (int batch = 0; batch != 10; ++batch) {
        strings keys;
        for (int one = 0; one != 10; ++one)
            keys.push_back(std::to_string(first + batch * 10 + one));
        for (;;) {
            auto const added = store.add("oss", activities(keys));
            if (!added) return false;
            if (*added) break;
        }
    }
    return true;
}

TEST_F(LineStoreTest, TwoProcessesWriteEveryActivityOnce) {
    forked_process other{[this] { return add_hundred(path, 50); }};
    EXPECT_TRUE(add_hundred(path, 0));
    ASSERT_TRUE(other.succeeded());

    auto const all = keys();
    EXPECT_EQ(all.size(), 150U);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 150U);
}

}  // namespace
}  // namespace conductor::workers
