#include "conformance/conformance_case.hpp"

#include "conformance/server_under_test.hpp"

namespace conductor::test {
namespace {

// Calls that no server knows, and bodies that make no sense.
struct ErrorConformanceTest : conformance_case {
    ErrorConformanceTest() { keeps_to_the_api_ = false; }
};

::testing::AssertionResult is_error(result<std::string> const& outcome, int status,
                                    std::string_view words) {
    if (!outcome.has_error()) return ::testing::AssertionFailure() << "no error: " << *outcome;
    if (outcome.error().code == make_http_error(status) &&
        outcome.error().detail.find(words) != std::string::npos) {
        return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure() << outcome.error().message();
}

TEST_F(ErrorConformanceTest, TooLongAWaitIsABadRequest) {
    EXPECT_TRUE(is_error(attempt(rest_->call({.path = "/tasks/poll/batch/{}",
                                              .arguments = {unique("task")},
                                              .query = {{"timeout", "6000"}}})),
                         400, "cannot be more than 5 seconds"));
}

TEST_F(ErrorConformanceTest, UpdateWithoutIdsIsABadRequest) {
    EXPECT_TRUE(
        is_error(attempt(rest_->call(
                     {.method = "POST", .path = "/tasks", .body = R"({"status": "COMPLETED"})"})),
                 400, "Validation failed"));
}

TEST_F(ErrorConformanceTest, BodyThatIsNoJsonIsAServerError) {
    auto const outcome =
        attempt(rest_->call({.method = "POST", .path = "/tasks", .body = "{broken"}));
    EXPECT_TRUE(is_error(outcome, 500, "JSON parse error"));
}

TEST_F(ErrorConformanceTest, UnknownPathIsUnsupported) {
    auto const outcome =
        attempt(rest_->call({.method = "POST", .path = "/no/such/resource", .body = "{}"}));
    EXPECT_TRUE(is_error(outcome, 404, "No static resource"));
    EXPECT_EQ(outcome.error().code, condition::unsupported);
}

TEST_F(ErrorConformanceTest, UnknownMethodOfAKnownPathIsUnsupported) {
    auto const outcome =
        attempt(rest_->call({.method = "POST", .path = "/tasks/some-id", .body = "{}"}));
    EXPECT_TRUE(is_error(outcome, 405, "not supported"));
    EXPECT_EQ(outcome.error().code, condition::unsupported);
}

TEST_F(ErrorConformanceTest, UnknownThingsAreGone) {
    auto const read = attempt(tasks_.get("no-such-task"));
    ASSERT_TRUE(read.has_error());
    EXPECT_EQ(read.error().code, condition::gone);
    EXPECT_NE(read.error().detail.find("no-such-task"), std::string::npos);

    auto const workflow = attempt(workflows_.get("no-such-workflow"));
    ASSERT_TRUE(workflow.has_error());
    EXPECT_EQ(workflow.error().code, condition::gone);

    auto const ended = attempt(workflows_.terminate("no-such-workflow", "reason"));
    ASSERT_TRUE(ended.has_error());
    EXPECT_EQ(ended.error().code, condition::gone);

    auto const started = attempt(workflows_.start({.name = unique("workflow")}));
    ASSERT_TRUE(started.has_error());
    EXPECT_EQ(started.error().code, condition::gone);
    EXPECT_NE(started.error().detail.find("No such workflow"), std::string::npos);
}

TEST_F(ErrorConformanceTest, ServerWithoutExternalStorageNamesAPathAndNoAddress) {
    auto const location = run(rest_->call_json(
        {.path = "/tasks/externalstoragelocation",
         .query = {{"path", "in/5"}, {"operation", "READ"}, {"payloadType", "TASK_INPUT"}}}));
    EXPECT_TRUE(location.at("path").as_string().starts_with("in/5"));
    EXPECT_FALSE(location.as_object().contains("uri"));
    auto const read = attempt(tasks_.fetch_input("in/5"));
    ASSERT_TRUE(read.has_error());
    EXPECT_EQ(read.error().code, errc::bad_response);
    auto const earlier = attempt(tasks_.fetch_output("out/5"));
    ASSERT_TRUE(earlier.has_error());
    EXPECT_EQ(earlier.error().code, errc::bad_response);
    auto const written = attempt(tasks_.store_output("{}"));
    ASSERT_TRUE(written.has_error());
    EXPECT_EQ(written.error().code, errc::bad_response);
}

TEST_F(ErrorConformanceTest, ServerWithoutTokensNeedsNone) {
    client_options options;
    options.server_url = server_under_test();
    options.auth_key = "some-key";
    options.auth_secret = "some-secret";
    auto const rest = std::make_shared<rest_client>(loop_.get_executor(), options);
    EXPECT_EQ(rest->token(), token_state::unknown);
    EXPECT_FALSE(run(metadata_client{rest}.task_definition(unique("task"))));
    EXPECT_EQ(rest->token(), token_state::not_needed);
}

}  // namespace
}  // namespace conductor::test
