#include "support/orkes_api.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace conductor::test {
namespace {

namespace json = boost::json;

json::value read_json(std::filesystem::path const& path) {
    std::ifstream file{path};
    return json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
}

http_request request_of(std::string method, std::string target, std::string body = {}) {
    http_request made;
    made.method = std::move(method);
    made.target = std::move(target);
    made.body = std::move(body);
    return made;
}

TEST(OrkesApiTest, JudgesByMethodPathParametersAndBody) {
    orkes_api const api;
    std::string const poll = "/api/tasks/poll/batch/t";
    EXPECT_EQ(api.fault_of(request_of("GET", poll + "?count=1")), "");
    EXPECT_EQ(api.fault_of(request_of("PUT", poll)), "PUT " + poll + ": there is no such call");
    EXPECT_EQ(api.fault_of(request_of("GET", poll + "?workerId=1")),
              "GET " + poll + "?workerId=1: there is no parameter workerId");
    auto const update = [&](std::string body) {
        return api.fault_of(request_of("POST", "/api/tasks", std::move(body)));
    };
    EXPECT_EQ(update(R"({"taskId": "t", "workflowInstanceId": "w"})"), "");
    EXPECT_EQ(update(R"({"taskId": "t", "workflowInstanceId": "w", "output": {}})"),
              "POST /api/tasks: TaskResult has no member output");
    EXPECT_EQ(update(R"({"taskId": "t"})"), "POST /api/tasks: TaskResult lacks workflowInstanceId");
    EXPECT_EQ(update("7"), "POST /api/tasks: the body is no JSON of its kind");
    EXPECT_NE(api.fault_of(request_of("POST", "/api/metadata/taskdefs", R"({"name": "t"})")), "");
    EXPECT_EQ(api.fault_of(request_of("POST", "/api/metadata/taskdefs", R"([{"name": "t"}])")), "");
    EXPECT_TRUE(api.allows("GET /tasks/{taskId}"));
    EXPECT_TRUE(api.allows("GET /tasks/search-v2"));
    EXPECT_FALSE(api.allows("GET /tasks/in_progress"));
}

// But for one member, which `register` goes on without.
TEST(OrkesApiTest, OurDefinitionsHaveWhatItAsksFor) {
    orkes_api const api;
    std::filesystem::path const folder{CONDUCTOR_WORKFLOWS};
    auto const definitions = read_json(folder / "taskdefs.json");
    for (auto const& each : definitions.as_array()) {
        auto task = each.as_object();
        task.erase("maxRetryDelaySeconds");
        EXPECT_EQ(api.fault_of("ExtendedTaskDef", task), "") << task.at("name");
    }
    std::size_t workflows = 0;
    for (auto const& file : std::filesystem::directory_iterator{folder}) {
        auto const& path = file.path();
        if (path.extension() != ".json" || path.filename() == "taskdefs.json") continue;
        EXPECT_EQ(api.fault_of("ExtendedWorkflowDef", read_json(path).as_object()), "") << path;
        ++workflows;
    }
    EXPECT_GE(workflows, 2u);
    for (auto const& file : std::filesystem::directory_iterator{folder / "schedules"}) {
        EXPECT_EQ(api.fault_of("SaveScheduleRequest", read_json(file.path()).as_object()), "")
            << file.path();
    }
}

}  // namespace
}  // namespace conductor::test
