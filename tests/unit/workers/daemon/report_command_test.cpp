#include "command_case.hpp"

#include <community/community_schema.hpp>
#include <daemon/text_file.hpp>

#include <gtest/gtest.h>

#include <filesystem>

namespace conductor::test {
namespace {

sqlite::database opened(std::string const& file) {
    auto made = sqlite::database::open(file, sqlite::access::read_write, std::chrono::seconds{1});
    return *std::move(made);
}

struct report_case : command_case {
    std::string database = folder.path("community.db");
    std::string page = folder.path("report.html");

    report_case() {
        auto on = opened(database);
        EXPECT_TRUE(workers::prepare_community_schema(on));
    }

    void execute(std::string const& sql) {
        auto on = opened(database);
        EXPECT_TRUE(on.execute(sql));
    }

    std::string refusal(std::string const& db, std::string const& target) {
        try {
            run(daemon::report_command{db, target});
            return "not refused";
        } catch (config_error const& error) {
            return error.what();
        }
    }
};

TEST(ReportCommandTest, WritesThePage) {
    report_case it;
    it.execute(
        "INSERT INTO repositories (id, full_name, first_seen) VALUES (1, 'a/b', '');"
        "INSERT INTO activities (workspace, key, type, occurred_at, repository_id, loaded_at)"
        " VALUES ('w', 'k', 'star:created', '2026-11-01T10:00:00Z', 1, '2026-11-02T00:00:00Z')");
    EXPECT_EQ(it.run(daemon::report_command{it.database, it.page}), daemon::exit_done);
    auto const page = daemon::read_text_file(it.page);
    ASSERT_TRUE(page);
    EXPECT_NE(page->find("<h1>Community of a/b</h1>"), std::string::npos);
    EXPECT_EQ(it.out.str(), "");
    EXPECT_EQ(it.run(daemon::report_command{it.database, "-"}), daemon::exit_done);
    EXPECT_EQ(it.out.str(), *page);
}

TEST(ReportCommandTest, AnEmptyDatabaseGivesAPage) {
    report_case it;
    EXPECT_EQ(it.run(daemon::report_command{it.database, "-"}), daemon::exit_done);
    EXPECT_NE(it.out.str().find("Nothing has been loaded yet."), std::string::npos);
}

TEST(ReportCommandTest, RefusesWhatIsNoCommunityDatabase) {
    report_case it;
    auto const missing = it.folder.path("missing.db");
    EXPECT_EQ(it.refusal(missing, it.page), "--db: " + missing + ": there is no such file");
    EXPECT_FALSE(std::filesystem::exists(missing));
    EXPECT_EQ(it.refusal(it.folder.path(), it.page),
              "--db: " + it.folder.path() + ": it is a folder");
    auto const text = it.folder.write("text.db", std::string(2'000, 'x'));
    EXPECT_EQ(it.refusal(text, it.page), "--db: file is not a database (SQLite 26): " + text);
    auto const empty = it.folder.write("empty.db", "");
    EXPECT_EQ(it.refusal(empty, it.page), "--db: " + empty + ": it is no community database");
    it.execute("PRAGMA user_version = 9");
    EXPECT_TRUE(it.refusal(it.database, it.page)
                    .starts_with("--db: " + it.database + ": its schema is version 9"));
    EXPECT_FALSE(std::filesystem::exists(it.page));
}

TEST(ReportCommandTest, RefusesWhatCannotBeWritten) {
    report_case it;
    auto const lost = it.folder.path("missing/report.html");
    auto const why = it.refusal(it.database, lost);
    EXPECT_TRUE(why.starts_with("--out: ")) << why;
    EXPECT_NE(why.find(lost), std::string::npos) << why;
    it.out.setstate(std::ios::badbit);
    EXPECT_EQ(it.refusal(it.database, "-"), "--out: standard output cannot be written to");
}

}  // namespace
}  // namespace conductor::test
